import { parseAllDocuments } from 'yaml';
import { SEVERITIES, type Severity } from '../../../shared/model/severity';
import { TACTICS } from '../../../shared/model/tactic';
import type { CorrelationRule, Detection, RuleHead, SigmaRule } from './rule';

type Doc = Readonly<Record<string, unknown>>;
export interface Parsed {
  readonly rules: readonly SigmaRule[];
  /** Why the text, or a document of it, is no runnable rule. */
  readonly problems: readonly { readonly id: string; readonly title: string; readonly reason: string }[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value as number));
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : text(value) === '' ? [] : [text(value)]);
const isDoc = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a Sigma file: one or more YAML documents. Never throws; what cannot run says why. */
export function parseSigma(source: string): Parsed {
  const rules: SigmaRule[] = [];
  const problems: Parsed['problems'][number][] = [];
  for (const document of parseAllDocuments(source, { maxAliasCount: 50 } as never)) {
    const errors = (document as { errors?: readonly Error[] }).errors ?? [];
    if (errors.length > 0) {
      problems.push({ id: '', title: '', reason: `not valid YAML: ${errors[0]?.message.split('\n')[0] ?? ''}` });
      continue;
    }
    const value: unknown = (document as { toJS(): unknown }).toJS();
    if (!isDoc(value)) continue;
    try {
      rules.push(ruleOf(value, source));
    } catch (error) {
      problems.push({ id: text(value['id']), title: text(value['title']), reason: error instanceof Error ? error.message : String(error) });
    }
  }
  if (rules.length === 0 && problems.length === 0) problems.push({ id: '', title: '', reason: 'no Sigma rule in it' });
  return { rules, problems };
}

function head(doc: Doc, source: string): RuleHead {
  const tags = texts(doc['tags']).map((t) => t.toLowerCase());
  const extension = isDoc(doc['coldtrail']) ? doc['coldtrail'] : {};
  const level = text(doc['level']) as Severity;
  const tactic = tags.map((t) => t.replace(/^attack\./, '').replaceAll('_', '-')).find((t) => TACTICS.some((k) => k.slug === t));
  const legacy = tags.some((t) => t === 'attack.defense-evasion' || t === 'attack.defense_evasion') ? 'stealth' : '';
  return {
    id: text(doc['id']) || text(doc['name']) || text(doc['title']),
    name: text(doc['name']) || text(doc['id']),
    title: text(doc['title']),
    description: text(doc['description']),
    author: text(doc['author']),
    licence: text(doc['license']) || 'DRL-1.1',
    link: texts(doc['references'])[0] ?? '',
    level: SEVERITIES.includes(level) ? level : 'medium',
    tactic: tactic ?? legacy,
    techniques: tags.filter((t) => /^attack\.t\d{4}/.test(t)).map((t) => t.slice(7).toUpperCase()),
    techniquesV18: texts(extension['techniqueV18']),
    falsePositives: texts(doc['falsepositives']).join('; '),
    remediation: texts(extension['remediation']),
    text: source,
  };
}

function ruleOf(doc: Doc, source: string): SigmaRule {
  if (isDoc(doc['correlation'])) return correlationOf(doc, doc['correlation'], source);
  const detection = doc['detection'];
  if (!isDoc(detection)) throw new Error('no detection section');
  const condition = detection['condition'];
  if (Array.isArray(condition)) throw new Error('a list of conditions is not supported');
  if (text(condition) === '') throw new Error('no condition');
  if (text(condition).includes('|')) throw new Error('aggregations after | are retired in Sigma 2; write a correlation rule');
  const logsource = isDoc(doc['logsource']) ? doc['logsource'] : {};
  const service = text(logsource['service']).toLowerCase();
  if (service !== '' && service !== 'cloudtrail') throw new Error(`log source ${text(logsource['product'])}/${service} is not mapped`);
  if (service === '' && text(logsource['product']).toLowerCase() !== 'aws') throw new Error('the log source is not AWS CloudTrail');
  const detections = Object.fromEntries(Object.entries(detection).filter(([k]) => k !== 'condition' && k !== 'timeframe')) as Record<string, Detection>;
  return { kind: 'event', ...head(doc, source), detections, condition: text(condition) };
}

const UNITS: Readonly<Record<string, number>> = { s: 1 / 60, m: 1, h: 60, d: 1440, w: 10_080 };

function correlationOf(doc: Doc, c: Doc, source: string): CorrelationRule {
  const type = text(c['type']);
  if (type !== 'event_count' && type !== 'value_count') throw new Error(`correlation type ${type} is not supported`);
  const span = /^(\d+)([smhdw])$/.exec(text(c['timespan']));
  if (!span) throw new Error('no readable timespan');
  const condition = isDoc(c['condition']) ? c['condition'] : {};
  const operator = (['gte', 'gt', 'lte', 'lt', 'eq'] as const).find((o) => o in condition);
  if (!operator) throw new Error('no threshold in the correlation condition');
  const field = text(condition['field']) || text(c['field']);
  if (type === 'value_count' && field === '') throw new Error('value_count needs a field');
  return {
    kind: 'correlation',
    ...head(doc, source),
    type,
    rules: texts(c['rules']),
    groupBy: texts(c['group-by']),
    minutes: Number(span[1]) * (UNITS[span[2] ?? 'm'] ?? 1),
    operator,
    threshold: Number(condition[operator]),
    field: field === '' ? null : field,
  };
}
