import type { LogSourceRef } from '../rule';

/**
 * Where a field of a rule lives in the evidence: a text column, or a path inside a JSON column. `profile` columns have
 * few different values; what they decide is decided once for all records that share them.
 */
export type Place =
  | { readonly kind: 'column'; readonly sql: string; readonly profile: boolean; readonly entity: boolean }
  | {
      readonly kind: 'json';
      readonly column: string;
      readonly list: boolean;
      readonly path: readonly string[];
    };

/** A kind of log that rules can be written for. `e` is its table, `c` the resolved call of the same record. */
export interface LogSource {
  readonly id: 'cloudtrail' | 'vpc-flow';
  readonly table: string;
  readonly timeColumn: string;
  readonly idColumn: string | null;
  readonly profileColumns: readonly string[];
  /** Columns that keywords are looked for in. */
  readonly textColumns: readonly string[];
  /** Whether `calls` has a row for each record. */
  readonly hasCalls: boolean;
  accepts(ref: LogSourceRef): boolean;
  placeOf(field: string): Place;
}
