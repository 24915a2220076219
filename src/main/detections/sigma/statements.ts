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
 * that knows less than a day before them cannot say so and gives none. Only the values of hits are followed through the
 * case, and in the resolved calls alone where those hold all of them.
 */
export function firstSeenStatement(hits: string, { fields, days }: FirstSeen, source: LogSource): string {
  const places = fields.map((field) => source.placeOf(field));
  const inCalls = places.map((place) => (place.kind === 'column' ? place.inCall : undefined));
  const alone = places.some(isEntity) && inCalls.every((sql) => sql !== undefined);
  const [from, row] = alone ? ['calls c', 'c'] : [fromSql(source, places.some(isEntity)), 'e'];
  const keys = fields.map((field, i) => (alone ? inCalls[i] : valueSql(field, source)));
  const names = keys.map((_, i) => `k${i}`).join(', ');
  const values = keys.map((sql, i) => `${sql} AS k${i}`).join(', ');
  return `WITH hits AS (${hits}),
asked AS (SELECT DISTINCT ${values} FROM ${from} JOIN hits h ON h.file_id = ${row}.file_id AND h.record_no = ${row}.record_no),
keyed AS (SELECT ${row}.file_id, ${row}.record_no, ${row}.${source.timeColumn} AS seen, ${values} FROM ${from}),
gaps AS (SELECT *, lag(seen) OVER (PARTITION BY ${names} ORDER BY seen) AS before FROM keyed SEMI JOIN asked USING (${names})),
starts AS (SELECT *, max(seen) FILTER (before IS NULL OR seen - before > INTERVAL ${days} DAY) OVER (PARTITION BY ${names} ORDER BY seen) AS start FROM gaps)
SELECT h.file_id, h.record_no FROM hits h JOIN starts s USING (file_id, record_no)
WHERE s.seen - s.start < INTERVAL 1 DAY AND s.start - (SELECT min(${source.timeColumn}) FROM ${source.table}) >= INTERVAL 1 DAY`;
}
