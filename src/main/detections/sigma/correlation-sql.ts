import { isEntity, needsCalls, predicateSql, valueSql } from './compile';
import type { CorrelationRule } from './rule';
import type { PreparedCorrelation, PreparedEvent } from './rule-set';
import { firstSeenStatement, fromSql } from './statements';
import { burstsSql } from './windows';

type Base = PreparedEvent | PreparedCorrelation;

/** Where the parts of a correlation come from. */
export interface Parts {
  /** Members (part, file_id, record_no, seen, g, v) of all bases that are event rules; empty when there is none. */
  readonly events: string;
  /** The bursts of a base that is a correlation, with all records behind them. */
  readonly bursts: (base: PreparedCorrelation) => string;
}

/** A SELECT over the documented tables that gives the records of a correlation. */
export function correlationStatement(correlation: PreparedCorrelation): string {
  const { rule, source } = correlation;
  const plain = `SELECT DISTINCT file_id, record_no FROM (${wholeSql(correlation)})`;
  return rule.firstSeen ? firstSeenStatement(plain, rule.firstSeen, source) : plain;
}

function wholeSql(correlation: PreparedCorrelation): string {
  const { source, bases } = correlation;
  const events = bases.flatMap((base, part) => {
    if (isCorrelation(base)) return [];
    const calls = correlationNeedsCalls(correlation) || needsCalls(base.expression, source);
    return [
      `SELECT ${part} AS part, e.file_id, e.record_no, e.${source.timeColumn} AS seen, ${groupSql(correlation, base)} AS g, ${countedSql(correlation, base)} AS v FROM ${fromSql(source, calls)} WHERE ${predicateSql(base.expression, source)}`,
    ];
  });
  return recordsSql(correlation, { events: events.join(' UNION ALL '), bursts: wholeSql });
}

/**
 * The bursts of a correlation (windows.ts) with the records behind them: of a base that is itself a correlation each
 * burst is one member, with the values of its group and the time at which it first held; its records come back here.
 */
export function recordsSql(correlation: PreparedCorrelation, parts: Parts): string {
  const chained = correlation.bases.flatMap((base, part) => (isCorrelation(base) ? [{ base, part }] : []));
  const members = [
    ...(parts.events === '' ? [] : [parts.events]),
    ...chained.map(({ base, part }) => chainedMembers(correlation, base, part, parts.bursts(base))),
  ];
  const bursts = burstsSql(correlation.rule, members.join(' UNION ALL '));
  const columns = 'x.g, x.burst, x.began, x.head_file, x.head_record';
  const own = `SELECT ${columns}, x.file_id, x.record_no FROM bursts x WHERE x.part NOT IN (${[-1, ...chained.map((c) => c.part)].join(', ')})`;
  const behind = chained.map(
    ({ base, part }) =>
      `SELECT ${columns}, b.file_id, b.record_no FROM bursts x JOIN (${parts.bursts(base)}) b ON b.head_file = x.file_id AND b.head_record = x.record_no WHERE x.part = ${part}`,
  );
  return `WITH bursts AS (${bursts}) ${[own, ...behind].join(' UNION ALL ')}`;
}

function chainedMembers(
  correlation: PreparedCorrelation,
  base: PreparedCorrelation,
  part: number,
  bursts: string,
): string {
  const { source } = correlation;
  const from = fromSql(source, correlationNeedsCalls(correlation));
  return `SELECT ${part} AS part, e.file_id, e.record_no, b.began AS seen, ${groupSql(correlation, base)} AS g, ${countedSql(correlation, base)} AS v FROM ${from} JOIN (SELECT DISTINCT g, burst, began, head_file, head_record FROM (${bursts})) b ON e.file_id = b.head_file AND e.record_no = b.head_record`;
}

/** Whether grouping or counting reads the resolved call. */
export function correlationNeedsCalls({ rule, source, bases }: PreparedCorrelation): boolean {
  return bases.some((base) =>
    [...rule.groupBy, ...(rule.field === null ? [] : [rule.field])].some(
      (field) => placeInGroup(rule, base, field) < 0 && isEntity(source.placeOf(aliased(rule, base, field))),
    ),
  );
}

/** The values a correlation groups by, as a list of texts; a record without one of them is in no group. */
export function groupSql(correlation: PreparedCorrelation, base: Base): string {
  const values = correlation.rule.groupBy.map((field) => fieldSql(correlation, base, field));
  return values.length === 0 ? "['']" : `[${values.join(', ')}]`;
}

/**
 * What makes one finding of a correlation's records: its groups, with the principal in place of single sessions, so
 * that a role with fifty sessions is one finding.
 */
export function foldSql(correlation: PreparedCorrelation, base: PreparedEvent): string {
  const fields = correlation.rule.groupBy.map((field) =>
    field === 'coldtrail.session' ? 'coldtrail.principal' : field,
  );
  return `concat_ws('|', ${["''", ...fields.map((field) => fieldSql(correlation, base, field))].join(', ')})`;
}

/** The value a correlation counts or sums, as text. */
export function countedSql(correlation: PreparedCorrelation, base: Base): string {
  const { field } = correlation.rule;
  return field === null ? 'CAST(NULL AS VARCHAR)' : fieldSql(correlation, base, field);
}

/** A field of a member: of a burst a value of its group `b.g` where it has one, else of its head. */
function fieldSql({ rule, source }: PreparedCorrelation, base: Base, field: string): string {
  const place = placeInGroup(rule, base, field);
  return place < 0 ? valueSql(aliased(rule, base, field), source) : `b.g[${place + 1}]`;
}

function placeInGroup(rule: CorrelationRule, base: Base, field: string): number {
  return isCorrelation(base) ? base.rule.groupBy.indexOf(aliased(rule, base, field)) : -1;
}

function aliased(rule: CorrelationRule, base: Base, field: string): string {
  const map = rule.aliases[field];
  const name =
    map && Object.keys(map).find((n) => [base.rule.id, base.rule.name, base.rule.title].includes(n));
  return name === undefined ? field : (map?.[name] ?? field);
}

export function isCorrelation(base: Base): base is PreparedCorrelation {
  return 'bases' in base;
}
