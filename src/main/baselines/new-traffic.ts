import type { NewBehaviourRow } from '../../shared/contract/investigation';
import type { TimeRange } from '../../shared/model/time';
import type { Connection, Params } from '../db/database';
import { isPrivateSql } from '../db/private-address';
import template from './new-traffic.sql?raw';

/** SELECT of what is new about the traffic of hosts, columns as NewBehaviourRow with `habit` and `expected` (bytes); its parameters come from `newTrafficParams`. */
export const newTrafficSql = template.replace('{{private}}', () => isPrivateSql('peer_addr'));

interface NewTrafficOptions {
  readonly scope: TimeRange;
  /** Days before the scope. */
  readonly baselineDays: number;
  /** Only this instance, or interface of none; all when null. */
  readonly host?: string | null;
  /** Bits that a value must reach; all when null. */
  readonly least?: number | null;
  readonly limit?: number;
}

export function newTrafficParams(options: NewTrafficOptions): Params {
  return {
    from: options.scope.from,
    to: options.scope.to,
    days: options.baselineDays,
    host: options.host ?? null,
    least: options.least ?? null,
    limit: options.limit ?? 500,
  };
}

/** Peers, ports and volumes that hosts show in scope and not in the days before, most surprising first. */
export function newTraffic(connection: Connection, options: NewTrafficOptions): Promise<NewBehaviourRow[]> {
  return connection.rows<NewBehaviourRow>(
    `SELECT * EXCLUDE (habit, expected) FROM (${newTrafficSql})`,
    newTrafficParams(options),
  );
}
