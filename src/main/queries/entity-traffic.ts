import type { Connection, Params } from '../db/database';
import { flowsOf, type EntityRecords } from './entity-records';
import { Panel } from './panel';
import { inCutHour, WHOLE_HOUR } from './scope';

type Unit = 'records' | 'bytes';

const CUT = inCutHour('f.start_time');

/** SELECT of (event_time, succeeded, failed) of an entity's traffic: records by outcome, or the bytes into and out of its interfaces. */
export function flowSides(records: EntityRecords, unit: Unit): string {
  const sides =
    unit === 'bytes'
      ? `CASE WHEN f.dstaddr = i.local_addr THEN coalesce(f.bytes, 0) ELSE 0 END AS succeeded, CASE WHEN f.dstaddr = i.local_addr THEN 0 ELSE coalesce(f.bytes, 0) END AS failed`
      : `CAST(f.action <> 'REJECT' AS INTEGER) AS succeeded, CAST(f.action = 'REJECT' AS INTEGER) AS failed`;
  return `SELECT f.start_time AS event_time, ${sides} FROM ${flowsOf(records)}`;
}

/** The same by the hour, of `counted` records: whole hours from the hourly counts, the cut ones from the flow records. */
export function flowHours(records: EntityRecords, unit: Unit): string {
  const [succeeded, failed] = unit === 'bytes' ? ['bytes_in', 'bytes_out'] : ['accepted', 'rejected'];
  return `SELECT hour AS event_time, ${succeeded} AS succeeded, ${failed} AS failed FROM flow_activity WHERE ${records.activity} AND ${WHOLE_HOUR}
  UNION ALL
  ${flowSides(records, unit)} AND ${CUT}`;
}

/** The outermost whole hours; between them and the ends of the scope its traffic has none. */
const OUTERMOST = `f.start_time < CAST($firstHour AS TIMESTAMP) + INTERVAL 1 HOUR OR f.start_time >= CAST($lastHour AS TIMESTAMP)`;

/** SELECT of (events, failures, first, last) of `counted` traffic; with the values of {@link flowEdges}. */
export function countedFlows(records: EntityRecords, isScoped: boolean): string {
  const cut = isScoped ? CUT : 'false';
  return `SELECT coalesce(sum(accepted + rejected), 0), coalesce(sum(rejected), 0), NULL, NULL FROM flow_activity WHERE ${records.activity} AND ${WHOLE_HOUR}
  UNION ALL
  SELECT count(*) FILTER (cut), count(*) FILTER (cut AND action = 'REJECT'), min(start_time), max(start_time)
  FROM (SELECT f.start_time, f.action, ${cut} AS cut FROM ${flowsOf(records)} AND (${cut} OR ${OUTERMOST}))`;
}

/** The hours whose records hold the first and the last time: the outermost whole ones. */
export async function flowEdges(
  connection: Connection,
  { flows, activity }: EntityRecords,
  params: Params,
): Promise<{ firstHour: string | null; lastHour: string | null }> {
  if (flows === null) return { firstHour: null, lastHour: null };
  return new Panel(
    `SELECT min(hour) AS "firstHour", max(hour) AS "lastHour" FROM flow_activity WHERE ${activity} AND ${WHOLE_HOUR}`,
    params,
  ).row(connection);
}
