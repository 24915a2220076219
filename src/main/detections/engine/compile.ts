import { quotedString } from '../../db/sql';
import { parseCondition } from './condition';
import { listVariants, placeOf } from './fields';
import type { Detection, DetectionMap, EventRule } from './rule';

const KNOWN = new Set(['contains', 'startswith', 'endswith', 'all', 'exists', 'cased', 're', 'i', 'm', 's', 'lt', 'lte', 'gt', 'gte', 'fieldref', 'neq', 'windash', 'base64', 'base64offset', 'wide', 'utf16le']);

/** The WHERE clause of a rule over the joined event row. Errors (plain Error) say why the rule cannot run. */
export function compileRule(rule: EventRule): string {
  const parts = new Map(Object.entries(rule.detections).map(([name, detection]) => [name, compileDetection(detection)]));
  return parseCondition(rule.condition, parts);
}

/** Event names that a row must have for the rule to fire, when it says so: narrows the scan. */
export function eventNames(rule: EventRule): readonly string[] | null {
  const selection = rule.detections['selection'];
  if (selection === undefined || Array.isArray(selection) || !/^selection(\s+and\s|\s*$)/.test(rule.condition)) return null;
  const value = Object.entries(selection as DetectionMap).find(([k]) => k.toLowerCase() === 'eventname')?.[1];
  const names = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return names.length > 0 && names.every((n) => typeof n === 'string' && !/[*?\\]/.test(n)) ? (names as string[]) : null;
}

function compileDetection(detection: Detection): string {
  if (Array.isArray(detection)) return or(detection.map((item) => (typeof item === 'object' ? compileMap(item as DetectionMap) : keyword(String(item)))));
  if (typeof detection !== 'object' || detection === null) return keyword(String(detection));
  return compileMap(detection as DetectionMap);
}

function compileMap(map: DetectionMap): string {
  return and(Object.entries(map).map(([key, value]) => compileField(key, value)));
}

const and = (parts: readonly string[]) => (parts.length === 0 ? 'true' : `(${parts.join(' AND ')})`);
const or = (parts: readonly string[]) => (parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`);

function keyword(word: string): string {
  const pattern = quotedString(likePattern(word, '%', '%'));
  const columns = ['event_name', 'user_agent', 'error_message', 'source_ip_address', 'user_identity', 'request_parameters', 'response_elements', 'additional_event_data', 'resources', 'extra'];
  return or(columns.map((c) => `coalesce(CAST(${c} AS VARCHAR) ILIKE ${pattern} ESCAPE '\\', false)`));
}

function compileField(key: string, value: unknown): string {
  const [field = '', ...modifiers] = key.split('|');
  const unknown = modifiers.find((m) => !KNOWN.has(m));
  if (unknown !== undefined) throw new Error(`modifier ${unknown} is not supported`);
  if (field === '') return or((Array.isArray(value) ? value : [value]).map((v) => keyword(String(v))));
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const atoms = values.map((v) => atom(field, modifiers, v));
  const joined = modifiers.includes('all') ? and(atoms) : or(atoms);
  return modifiers.includes('neq') ? `NOT ${joined}` : joined;
}

/** A predicate on one text `x`, never NULL. */
function atom(field: string, modifiers: readonly string[], value: unknown): string {
  const place = placeOf(field);
  const single = 'scalar' in place ? place.scalar : place.list;
  if (modifiers.includes('exists')) return value === true || value === 'true' ? `(${single} IS NOT NULL)` : `(${single} IS NULL)`;
  if (value === null) return `(${single} IS NULL)`;
  if (modifiers.includes('fieldref')) {
    const other = placeOf(String(value));
    return `coalesce(lower(${single}) = lower(${'scalar' in other ? other.scalar : other.list}), false)`;
  }
  const test = predicate(modifiers, value);
  if ('scalar' in place) return `coalesce(${test(single)}, false)`;
  const lists = listVariants(field).map((l) => `coalesce(list_bool_or(list_transform(${l}, lambda x: ${test('x')})), false)`);
  return or([`coalesce(${test(single)}, false)`, ...lists]);
}

function predicate(modifiers: readonly string[], value: unknown): (x: string) => string {
  const text = String(value as string | number | boolean);
  const numeric = (['lt', 'lte', 'gt', 'gte'] as const).find((m) => modifiers.includes(m));
  if (numeric) {
    const sign = { lt: '<', lte: '<=', gt: '>', gte: '>=' }[numeric];
    if (!Number.isFinite(Number(text))) throw new Error(`${numeric} needs a number, not ${text}`);
    return (x) => `TRY_CAST(${x} AS DOUBLE) ${sign} ${Number(text)}`;
  }
  if (modifiers.includes('re')) return regular(modifiers, text);
  if (modifiers.includes('base64') || modifiers.includes('base64offset') || modifiers.includes('wide') || modifiers.includes('utf16le')) {
    throw new Error('encoded values are not supported yet');
  }
  const before = modifiers.includes('contains') || modifiers.includes('endswith') ? '%' : '';
  const after = modifiers.includes('contains') || modifiers.includes('startswith') ? '%' : '';
  const pattern = likePattern(text, before, after);
  const like = modifiers.includes('cased') ? 'LIKE' : 'ILIKE';
  if (before === '' && after === '' && !/(^|[^\\])[*?]/.test(text) && !modifiers.includes('cased')) {
    const literal = quotedString(text.replace(/\\([*?\\])/g, '$1').toLowerCase());
    return (x) => `lower(${x}) = ${literal}`;
  }
  // A policy document is JSON inside JSON: the unescaped text is tried as well.
  return (x) =>
    text.includes('"') || before === '%'
      ? `(${x} ${like} ${quotedString(pattern)} ESCAPE '\\' OR replace(${x}, '\\"', '"') ${like} ${quotedString(pattern)} ESCAPE '\\')`
      : `${x} ${like} ${quotedString(pattern)} ESCAPE '\\'`;
}

function regular(modifiers: readonly string[], text: string): (x: string) => string {
  if (/\(\?[=!<]|\\[1-9]/.test(text)) throw new Error('look-around and back references are not possible here (RE2)');
  const options = ['i', 'm', 's'].filter((o) => modifiers.includes(o)).join('');
  return (x) => `regexp_matches(${x}, ${quotedString(text)}, ${quotedString(options === '' ? 'c' : options)})`;
}

/** A Sigma value as a LIKE pattern with escape `\`: `*` any, `?` one, `\*` `\?` `\\` themselves. */
function likePattern(text: string, before: string, after: string): string {
  const body = text.replace(/\\[*?\\]|[*?%_\\]/g, (m) => {
    if (m === '*') return '%';
    if (m === '?') return '_';
    if (m === '\\\\') return '\\\\';
    if (m.length === 2) return m.slice(1);
    return `\\${m}`;
  });
  return before + body + after;
}
