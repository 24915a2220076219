import { isEntity, needsCalls, predicateSql, valueSql } from './compile';
import type { LogSource } from './log-sources/log-source';
import type { FirstSeen } from './rule';
import type { PreparedEvent } from './rule-set';

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
