import { encodedTexts } from './encode';
import { networkRange } from './network';
import { isAnything, parsePattern } from './pattern';
import { RuleProblem, type Expression, type Match, type Position, type TimePart } from './rule';

const SIGNS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const TIME_PARTS: readonly string[] = ['minute', 'hour', 'day', 'week', 'month', 'year'];
const VALUE_MODIFIERS = ['windash', 'wide', 'utf16', 'utf16le', 'utf16be', 'base64', 'base64offset'];
const KNOWN = new Set([
  ...Object.keys(SIGNS),
  ...TIME_PARTS,
  ...VALUE_MODIFIERS,
  ...[
    'contains',
    'startswith',
    'endswith',
    'all',
    'exists',
    'cased',
    're',
    'i',
    'm',
    's',
    'cidr',
    'fieldref',
    'neq',
    'expand',
  ],
]);

/** Lists of values for `expand`, by placeholder name without percent signs. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

/**
 * One line of a detection: `field|modifiers: value(s)`. A list is any-of unless `all`; a line without a field looks for
 * its values anywhere in the record. Errors: RuleProblem says what cannot run.
 */
export function parseItem(key: string, value: unknown, placeholders: Placeholders): Expression {
  const [field = '', ...modifiers] = key.split('|');
  const unknown = modifiers.filter((m) => !KNOWN.has(m));
  if (unknown.length > 0)
    throw new RuleProblem(unknown.map((m) => `unknown modifier "${m}" on ${field || 'keywords'}`));
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const values = modifiers.includes('expand') ? given.flatMap((v) => expand(String(v), placeholders)) : given;
  if (values.length === 0) throw new RuleProblem([`${field || 'keywords'} has an empty list of values`]);
  const of = values.map((v) =>
    field === '' ? parseKeyword(v, modifiers) : alternatives(field, modifiers, v),
  );
  const [only] = of;
  const joined: Expression =
    of.length === 1 && only ? only : { op: modifiers.includes('all') ? 'and' : 'or', of };
  return modifiers.includes('neq') ? { op: 'not', of: joined } : joined;
}

/** A word (or words) looked for in the whole record. */
export function parseKeyword(value: unknown, modifiers: readonly string[] = []): Expression {
  const cased = modifiers.includes('cased');
  if (modifiers.includes('re')) throw new RuleProblem(['regular expressions need a field']);
  const of = encodedTexts(scalarText(value, 'a keyword'), modifiers).map(
    (text) => ({ op: 'keyword', tokens: parsePattern(text), cased }) as const,
  );
  const [only] = of;
  return of.length === 1 && only ? only : { op: 'or', of };
}

function expand(text: string, placeholders: Placeholders): string[] {
  const names = [...text.matchAll(/%([^%]+)%/g)].map((m) => m[1] ?? '');
  const missing = names.filter((name) => placeholders[name] === undefined);
  if (missing.length > 0)
    throw new RuleProblem(missing.map((n) => `placeholder %${n}% has no list of values`));
  return names.reduce<string[]>(
    (texts, name) =>
      texts.flatMap((t) => (placeholders[name] ?? []).map((v) => t.replaceAll(`%${name}%`, v))),
    [text],
  );
}

function alternatives(field: string, modifiers: readonly string[], value: unknown): Expression {
  const matches = matchesOf(field, modifiers, value);
  const of = matches.map((match) => ({ op: 'field', field, match }) as const);
  const [only] = of;
  return of.length === 1 && only ? only : { op: 'or', of };
}

function matchesOf(field: string, modifiers: readonly string[], value: unknown): Match[] {
  if (modifiers.includes('exists')) return [{ kind: 'exists', value: truth(field, value) }];
  if (value === null || value === undefined) return [{ kind: 'null' }];
  if (typeof value === 'object') throw new RuleProblem([`${field} has a map where a value is expected`]);
  const text = scalarText(value, field);
  const cased = modifiers.includes('cased');
  const comparison = (['lt', 'lte', 'gt', 'gte'] as const).find((m) => modifiers.includes(m));
  const sign = comparison ? SIGNS[comparison] : undefined;
  const part = modifiers.find((m): m is TimePart => TIME_PARTS.includes(m));
  if (part) return [{ kind: 'time', part, sign: sign ?? '=', value: numberOf(field, text) }];
  if (sign) return [{ kind: 'number', sign, value: numberOf(field, text) }];
  if (modifiers.includes('re')) return [{ kind: 'regex', pattern: regex(field, text, modifiers) }];
  if (modifiers.includes('cidr')) {
    const range = networkRange(text);
    if (!range) throw new RuleProblem([`${field}: ${text} is no address block`]);
    return [{ kind: 'network', ...range }];
  }
  const position = positionOf(modifiers);
  if (modifiers.includes('fieldref')) return [{ kind: 'field', other: text, position, cased }];
  return encodedTexts(text, modifiers).map((t) => {
    const tokens = parsePattern(t);
    // `contains: '*'` and `field: '*'` say the same: there is a text and it is not empty.
    return { kind: 'text', position: isAnything(tokens) ? 'whole' : position, tokens, cased };
  });
}

function positionOf(modifiers: readonly string[]): Position {
  if (modifiers.includes('contains')) return 'inside';
  if (modifiers.includes('startswith')) return 'prefix';
  return modifiers.includes('endswith') ? 'suffix' : 'whole';
}

/** The pattern with Sigma's flags inline; what the linear-time engine (RE2) cannot do is refused. */
function regex(field: string, text: string, modifiers: readonly string[]): string {
  const bare = text.replace(/\\\\/g, '');
  const reasons: string[] = [];
  if (/\(\?(<?[=!])/.test(bare)) reasons.push('look-around');
  if (/\\[1-9]|\\k</.test(bare)) reasons.push('back references');
  if (/\(\?>|[*+?}]\+/.test(bare.replace(/\[[^\]]*\]/g, '').replace(/\\./g, '')))
    reasons.push('possessive matching');
  if (reasons.length > 0) {
    throw new RuleProblem(
      reasons.map((r) => `${field}: the regular expression needs ${r}, which RE2 does not have`),
    );
  }
  const flags = ['i', 'm', 's'].filter((f) => modifiers.includes(f)).join('');
  return flags === '' ? text : `(?${flags})${text}`;
}

function scalarText(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  throw new RuleProblem([`${where} has no readable value`]);
}

function numberOf(field: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new RuleProblem([`${field}: "${text}" is no number`]);
  return value;
}

function truth(field: string, value: unknown): boolean {
  const text = String(value).toLowerCase();
  if (['true', 'yes'].includes(text)) return true;
  if (['false', 'no'].includes(text)) return false;
  throw new RuleProblem([`${field}: exists takes true or false`]);
}
