import type { TimeRange } from '../../shared/model/time';

/** Named values of every question that looks at a time: null means all of it. Both ends are inside. */
export function scopeParams(scope: TimeRange | null): {
  readonly from: string | null;
  readonly to: string | null;
} {
  return { from: scope?.from ?? null, to: scope?.to ?? null };
}

/** SQL for "this moment is in scope". */
export function inScope(column: string): string {
  return `(CAST($from AS TIMESTAMP) IS NULL OR ${column} BETWEEN CAST($from AS TIMESTAMP) AND CAST($to AS TIMESTAMP))`;
}

/** SQL for "this span touches the scope". */
export function touchesScope(first: string, last: string): string {
  return `(CAST($from AS TIMESTAMP) IS NULL OR (${last} >= CAST($from AS TIMESTAMP) AND ${first} <= CAST($to AS TIMESTAMP)))`;
}

/** SQL for "the scope has this whole hour"; without a scope all are whole. */
export const WHOLE_HOUR = `(CAST($from AS TIMESTAMP) IS NULL OR (hour > date_trunc('hour', CAST($from AS TIMESTAMP)) AND hour < date_trunc('hour', CAST($to AS TIMESTAMP))))`;

/** SQL for "this moment is in an hour that the scope cuts". NULL without a scope: plain, it skips groups of rows. */
export function inCutHour(column: string): string {
  return `(${column} < date_trunc('hour', CAST($from AS TIMESTAMP)) + INTERVAL 1 HOUR OR ${column} >= date_trunc('hour', CAST($to AS TIMESTAMP)))`;
}
