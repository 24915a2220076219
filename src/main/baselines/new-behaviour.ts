import type { NewBehaviourRow } from '../../shared/contract/investigation';
import type { TimeRange } from '../../shared/model/time';
import type { Connection, Params } from '../db/database';
import template from './new-behaviour.sql?raw';

/** What can be new about a principal's calls: the table of the SQL, and its column, that hold it. */
const KINDS: readonly (readonly [kind: string, table: 'shown' | 'aims', column: string])[] = [
  ['new-api', 'shown', 'api'],
  ['new-service', 'shown', 'event_source'],
  ['new-address', 'shown', 'source_ip'],
  ['new-network', 'shown', 'source_net'],
  ['new-country', 'shown', 'country'],
  ['new-operator', 'shown', 'operator'],
  ['new-user-agent', 'shown', 'ua_family'],
  ['new-region', 'shown', 'aws_region'],
  ['new-role', 'aims', 'target_role'],
  ['new-bucket', 'aims', 'bucket'],
];

const VALUES = KINDS.map(
  ([kind, table, column]) => `SELECT '${kind}' AS kind, principal, ${column} AS value,
    coalesce(sum(succeeded + failed) FILTER (before), 0) AS n, count(DISTINCT day) FILTER (before) AS days, sum(succeeded + failed) AS n_all,
    min(first_time) FILTER (inside) AS first, max(last_time) FILTER (inside) AS last,
    coalesce(sum(succeeded) FILTER (inside), 0) AS succeeded, coalesce(sum(failed) FILTER (inside), 0) AS failed
  FROM ${table} WHERE ${column} IS NOT NULL AND ($principal IS NULL OR ${column} IN (SELECT ${column} FROM ${table} WHERE principal = $principal)) GROUP BY principal, ${column}`,
).join('\n  UNION ALL\n  ');

/** How many values of each kind there are. */
const VARIETY = KINDS.map(
  ([kind, table, column]) => `SELECT '${kind}' AS kind, count(DISTINCT ${column}) AS v FROM ${table}`,
).join('\n  UNION ALL\n  ');

/** The time is on one of the days that the bounds cut. Ranges of the plain column, so that groups of rows are skipped. */
function cutDays(column: string): string {
  const from = 'CAST($from AS TIMESTAMP)';
  const days = [`${from} - to_days(CAST($days AS INTEGER))`, from, 'CAST($to AS TIMESTAMP)'].map(
    (time) => `date_trunc('day', ${time})`,
  );
  return `(${days.map((day) => `(${column} >= ${day} AND ${column} < ${day} + INTERVAL 1 DAY)`).join(' OR ')})`;
}

/** SELECT of the new behaviour, columns as NewBehaviourRow and `habit`, the bits of anything new at all; its parameters come from `newBehaviourParams`. */
export const newBehaviourSql = template
  .replace(/\{\{cut:(\w+)\}\}/g, (_, column: string) => cutDays(column))
  .replace('{{values}}', () => VALUES)
  .replace('{{variety}}', () => VARIETY);

interface NewBehaviourOptions {
  readonly scope: TimeRange;
  /** Days before the scope a value must be absent from. */
  readonly baselineDays: number;
  /** Only this principal; all when null. */
  readonly principal?: string | null;
  /** Only what came from this address; all when null. */
  readonly address?: string | null;
  /** Bits that a value of a principal without history must reach; all when null. */
  readonly coldBits?: number | null;
  readonly limit?: number;
}

export function newBehaviourParams(options: NewBehaviourOptions): Params {
  return {
    from: options.scope.from,
    to: options.scope.to,
    days: options.baselineDays,
    principal: options.principal ?? null,
    address: options.address ?? null,
    least: options.coldBits ?? null,
    limit: options.limit ?? 500,
  };
}

/**
 * Values that a principal shows in scope and did not show in the days before, most surprising first, with how much
 * history there is. With less than two days of history the mode is `cold`: first seen in the bundle, never called new.
 */
export function newBehaviour(
  connection: Connection,
  options: NewBehaviourOptions,
): Promise<NewBehaviourRow[]> {
  return connection.rows<NewBehaviourRow>(
    `SELECT * EXCLUDE (habit) FROM (${newBehaviourSql})`,
    newBehaviourParams(options),
  );
}
