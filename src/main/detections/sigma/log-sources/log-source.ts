import type { LogSourceRef } from '../rule';

/**
 * Where a field of a rule lives in the evidence: a text column, or a path inside a JSON column. `profile` columns have
 * few different values; what they decide is decided once for all records that share them.
 */
export type Place =
  | {
      readonly kind: 'column';
      readonly sql: string;
      readonly profile: boolean;
      readonly entity: boolean;
      /** The same value in the resolved call `c`, where that has it. */
      readonly inCall?: string | undefined;
    }
  | {
      readonly kind: 'json';
      readonly column: string;
      readonly path: readonly string[];
    };

/** Ids are those of the sources that read the logs. */
export type LogSourceId =
  'cloudtrail' | 'vpc-flow' | 'k8s-audit' | 'dns-query' | 's3-access' | 'elb-access' | 'waf' | 'cloudfront';

/** Who and what a record is about, as SQL over `e`: what its findings are folded by and linked with. */
export interface Subject {
  readonly account: string;
  readonly principal: string;
  /** Entity type of the principal; NULL when it has none. */
  readonly principalType: string;
  readonly credential: string;
  readonly address: string;
  readonly targetType: string;
  readonly target: string;
  /** One record in words. */
  readonly words: string;
}

/** A kind of log that rules can be written for. `e` is its table, `c` the resolved call of the same record. */
export interface LogSource {
  readonly id: LogSourceId;
  readonly table: string;
  readonly timeColumn: string;
  readonly idColumn: string | null;
  readonly profileColumns: readonly string[];
  /** Columns that keywords are looked for in. */
  readonly textColumns: readonly string[];
  /** Whether `calls` has a row for each record. */
  readonly hasCalls: boolean;
  /** Null for logs whose findings are made from resolved tables (CloudTrail, VPC flows). */
  readonly subject: Subject | null;
  /** `product/service` or `product/category` words of a rule's logsource that mean this log, for the documentation. */
  readonly names: readonly string[];
  /** Fields as rules write them -> SQL, for the documentation. */
  readonly fields: Readonly<Record<string, string>>;
  placeOf(field: string): Place;
}

/** Whether a rule's log source means one of these names. */
export function isNamed(names: readonly string[], { product, category, service }: LogSourceRef): boolean {
  return names.includes(`${product}/${service || category}`);
}
