import { isEntity, needsCalls, predicateSql, valueSql } from './compile';
import type { LogSource } from './log-sources/log-source';
import type { PreparedCorrelation, PreparedEvent } from './rule-set';
import type { CorrelationRule, FirstSeen } from './rule';

/** `events e`, with `calls c` when something reads the resolved call. */
export function fromSql(source: LogSource, calls: boolean): string {
  const join = calls ? ' JOIN calls c ON c.file_id = e.file_id AND c.record_no = e.record_no' : '';
  return `${source.table} e${join}`;
}

/** A SELECT that gives the records (file_id, record_no) of an event rule. */
export function eventStatement({ rule, source, expression }: PreparedEvent): string {
  const plain = `SELECT e.file_id, e.record_no FROM ${fromSql(source, needsCalls(expression, source))} WHERE ${predicateSql(expression, source)}`;
  return rule.firstSeen ? firstSeenStatement(plain, rule.firstSeen, source) : plain;
}

/** A SELECT that gives the records of every group of records that satisfies a correlation. */
export function correlationStatement(correlation: PreparedCorrelation): string {
  const { source } = correlation;
  const members = correlation.bases.map((base, position) => {
    const calls = correlationNeedsCalls(correlation) || needsCalls(base.expression, source);
    return `SELECT ${position} AS part, e.file_id, e.record_no, e.${source.timeColumn} AS seen, ${groupSql(correlation, base)} AS g, ${countedSql(correlation, base)} AS v FROM ${fromSql(source, calls)} WHERE ${predicateSql(base.expression, source)}`;
  });
  const plain = windowStatement(correlation.rule, members.join(' UNION ALL '));
  return correlation.rule.firstSeen ? firstSeenStatement(plain, correlation.rule.firstSeen, source) : plain;
}

/** Whether grouping or counting reads the resolved call. */
export function correlationNeedsCalls({ rule, source, bases }: PreparedCorrelation): boolean {
  const fields = bases.flatMap((base) => [
    ...rule.groupBy.map((f) => aliased(rule, base, f)),
    ...(rule.field === null ? [] : [rule.field]),
  ]);
  return fields.some((field) => isEntity(source.placeOf(field)));
}

/** The values a correlation groups by, as a list of texts; a record without one of them is in no group. */
export function groupSql({ rule, source }: PreparedCorrelation, base: PreparedEvent): string {
  const values = rule.groupBy.map((field) => valueSql(aliased(rule, base, field), source));
  return values.length === 0 ? "['']" : `[${values.join(', ')}]`;
}

/**
 * What makes one finding of a correlation's records: its groups, with the principal in place of single sessions, so
 * that a role with fifty sessions is one finding.
 */
export function foldSql({ rule, source }: PreparedCorrelation, base: PreparedEvent): string {
  const fields = rule.groupBy.map((field) => (field === 'coldtrail.session' ? 'coldtrail.principal' : field));
  return `concat_ws('|', ${["''", ...fields.map((field) => valueSql(aliased(rule, base, field), source))].join(', ')})`;
}

/** The value a correlation counts or sums, as text. */
export function countedSql({ rule, source }: PreparedCorrelation, base: PreparedEvent): string {
  return rule.field === null ? 'CAST(NULL AS VARCHAR)' : valueSql(aliased(rule, base, rule.field), source);
}

function aliased(rule: CorrelationRule, base: PreparedEvent, field: string): string {
  const map = rule.aliases[field];
  const name =
    map && Object.keys(map).find((n) => [base.rule.id, base.rule.name, base.rule.title].includes(n));
  return name === undefined ? field : (map?.[name] ?? field);
}

/**
 * From members(position, file_id, record_no, seen, g, v) to the records of every window that satisfies the rule. All
 * records of a satisfied window count, so that a burst is one thing however long it is.
 */
export function windowStatement(rule: CorrelationRule, members: string): string {
  const grouped = `SELECT * FROM (${members}) WHERE len(list_filter(g, lambda x: x IS NULL)) = 0`;
  return rule.type === 'temporal_ordered' ? orderedStatement(rule, grouped) : countedStatement(rule, grouped);
}

function countedStatement(rule: CorrelationRule, members: string): string {
  const span = `INTERVAL ${rule.seconds} SECOND`;
  const tests =
    rule.type === 'temporal'
      ? [`n >= ${rule.rules.length}`]
      : rule.thresholds.map(({ sign, value }) => `n ${sign} ${value}`);
  return `WITH members AS (${members}),
counted AS (SELECT *, ${aggregateSql(rule)} OVER (PARTITION BY g ORDER BY seen RANGE BETWEEN ${span} PRECEDING AND CURRENT ROW) AS n FROM members),
reached AS (SELECT *, bool_or(${tests.join(' AND ')}) OVER (PARTITION BY g ORDER BY seen RANGE BETWEEN CURRENT ROW AND ${span} FOLLOWING) AS fires FROM counted)
SELECT DISTINCT file_id, record_no FROM reached WHERE fires`;
}

function aggregateSql(rule: CorrelationRule): string {
  const number = 'TRY_CAST(v AS DOUBLE)';
  switch (rule.type) {
    case 'value_count':
      return 'count(DISTINCT v)';
    case 'temporal':
      return 'count(DISTINCT part)';
    case 'value_sum':
      return `sum(${number})`;
    case 'value_avg':
      return `avg(${number})`;
    case 'value_percentile':
      return `quantile_cont(${number}, ${Math.min(100, Math.max(0, rule.percentile)) / 100})`;
    default:
      return 'count(*)';
  }
}

/**
 * Rules in their order: each stage carries the latest start that a chain to it can have, so a chain fits the timespan
 * exactly when the last stage's does. CloudTrail's seconds leave the order within a second open: equal times count.
 */
function orderedStatement(rule: CorrelationRule, members: string): string {
  const last = rule.rules.length - 1;
  const stages = rule.rules.slice(1).map((_, i) => {
    const stage = i + 1;
    return `stage${stage} AS (SELECT m.g, m.seen, max(p.start) AS start FROM (SELECT * FROM members WHERE part = ${stage}) m ASOF JOIN (SELECT g, seen, max(max(start)) OVER (PARTITION BY g ORDER BY seen) AS start FROM stage${i} GROUP BY g, seen) p ON m.g = p.g AND m.seen >= p.seen GROUP BY m.g, m.seen)`;
  });
  return `WITH members AS (${members}),
stage0 AS (SELECT g, seen, seen AS start FROM members WHERE part = 0),
${stages.join(',\n')},
chains AS (SELECT g, seen, start FROM stage${last} WHERE seen - start <= INTERVAL ${rule.seconds} SECOND)
SELECT DISTINCT m.file_id, m.record_no FROM members m JOIN chains c ON m.g = c.g AND m.seen BETWEEN c.start AND c.seen`;
}

/**
 * Keeps the hits of the first 24 hours in which the fields' values appear together after `days` without them. A case
 * that knows less than a day before them cannot say so and gives none.
 */
export function firstSeenStatement(hits: string, { fields, days }: FirstSeen, source: LogSource): string {
  const places = fields.map((field) => source.placeOf(field));
  const key = `[${fields.map((field) => valueSql(field, source)).join(', ')}]`;
  const from = fromSql(source, places.some(isEntity));
  return `WITH keyed AS (SELECT e.file_id, e.record_no, e.${source.timeColumn} AS seen, ${key} AS k FROM ${from}),
gaps AS (SELECT *, lag(seen) OVER (PARTITION BY k ORDER BY seen) AS before FROM keyed WHERE len(list_filter(k, lambda x: x IS NULL)) = 0),
starts AS (SELECT *, max(seen) FILTER (before IS NULL OR seen - before > INTERVAL ${days} DAY) OVER (PARTITION BY k ORDER BY seen) AS start FROM gaps)
SELECT h.file_id, h.record_no FROM (${hits}) h JOIN starts s USING (file_id, record_no)
WHERE s.seen - s.start < INTERVAL 1 DAY AND s.start - (SELECT min(${source.timeColumn}) FROM ${source.table}) >= INTERVAL 1 DAY`;
}
