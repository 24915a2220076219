import { isMap, text, texts, type YamlMap } from './document';
import { CORRELATION_TYPES, RuleProblem, type CorrelationRule, type RuleHead, type Threshold } from './rule';

/** Seconds; months and years are mean ones of the Gregorian calendar. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_629_746,
  y: 31_556_952,
};
const SIGNS: Readonly<Record<string, Threshold['sign']>> = {
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  eq: '=',
  neq: '<>',
};

/** The correlation section of a rule. Errors: RuleProblem with everything that is wrong. */
export function parseCorrelation(section: YamlMap): Omit<CorrelationRule, keyof RuleHead | 'kind'> {
  const reasons: string[] = [];
  const type = CORRELATION_TYPES.find((t) => t === text(section['type']));
  if (!type) reasons.push(`unknown correlation type "${text(section['type'])}"`);
  const rules = texts(section['rules']);
  if (rules.length === 0) reasons.push('the correlation names no rules');
  const span = /^(\d+)([smhdwMy])$/.exec(text(section['timespan']));
  if (!span) reasons.push('the correlation has no readable timespan');
  const condition = isMap(section['condition']) ? section['condition'] : {};
  const thresholds = thresholdsOf(condition, reasons);
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  if (!temporal && thresholds.length === 0) reasons.push('the correlation has no threshold');
  const field = text(condition['field']);
  if (type?.startsWith('value_') && field === '') reasons.push(`${type} needs a field`);
  if (reasons.length > 0 || !type || !span) throw new RuleProblem(reasons);
  return {
    type,
    rules,
    groupBy: texts(section['group-by']),
    aliases: aliasesOf(section['aliases']),
    seconds: Number(span[1]) * (UNITS[span[2] ?? 's'] ?? 1),
    thresholds: temporal ? [] : thresholds,
    field: field === '' ? null : field,
    percentile: Number(text(condition['percentile']) || '50'),
    generate: section['generate'] === true,
  };
}

function thresholdsOf(condition: YamlMap, reasons: string[]): Threshold[] {
  return Object.entries(condition).flatMap(([key, value]) => {
    const sign = SIGNS[key];
    if (!sign) return [];
    const number = Number(text(value));
    if (text(value) === '' || !Number.isFinite(number)) reasons.push(`the threshold ${key} is no number`);
    return [{ sign, value: number }];
  });
}

function aliasesOf(value: unknown): CorrelationRule['aliases'] {
  if (!isMap(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([alias, map]) => [
      alias,
      isMap(map) ? Object.fromEntries(Object.entries(map).map(([rule, field]) => [rule, text(field)])) : {},
    ]),
  );
}
