import type { LaneKind } from '../../shared/contract/timeline';
import type { ResponseOf } from '../../shared/contract/index';
import type { TimeRange } from '../../shared/model/time';
import type { Connection, Params } from '../db/database';
import type { QueryHandlers } from './handlers';
import { Panel } from './panel';
import { recordTables, toldFields, type RecordTable } from './record-tables';
import { pageOfDistinct, recordsPage } from './records-page';
import { inCutHour, inScope, scopeParams, touchesScope, WHOLE_HOUR } from './scope';
import { wholeRange } from './whole-range';
import blindSql from './sql/timeline-blind.sql?raw';
import flowHoursSql from './sql/flow-hours-missed.sql?raw';
import scopedSql from './sql/scoped-activity.sql?raw';

type Lanes = ResponseOf<'timeline/lanes'>;

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** Widths of a bucket in milliseconds: those a person counts in. */
const WIDTHS = [
  ...[1, 10, 100, SECOND, 5 * SECOND, 15 * SECOND, 60 * SECOND, 300 * SECOND, 900 * SECOND],
  ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY, 28 * DAY],
];
const MOST_LANES = 24;
const MOST_MARKS = 2000;

/** Columns of `calls`, and of the hourly counts where they have it too, that make the lines of a kind. */
const CALL_LANES: Readonly<Record<Exclude<LaneKind, 'source' | 'tactic'>, string>> = {
  principal: 'principal',
  service: 'event_source',
  address: 'source_ip',
  account: 'account_id',
  region: 'aws_region',
};
const HOURLY = new Set<LaneKind>(['principal', 'service', 'address', 'account', 'region']);
const FILTERED = `($filter = '' OR contains(lower(concat_ws(' ', event_name, event_source, error_code, principal, source_ip, aws_region, account_id)), lower($filter)))`;

export const timelineQueries: QueryHandlers<'timeline/lanes' | 'timeline/records'> = {
  'timeline/lanes': async ({ connection }, { scope, by, filter, buckets }) => {
    const range = scope ?? (await wholeRange(connection));
    const width = bucketWidth(range, buckets);
    const params = { ...scopeParams(scope), filter, end: range.to };
    const panel = new Panel(countedLanes(await counted(connection, by, width, filter)), {
      ...params,
      width,
    });
    const { times, start } = axis(range, width);
    const rows = await panel.rows<StoredLane>(connection);
    return {
      range,
      bucketMs: width,
      times,
      lanes: rows.slice(0, MOST_LANES).map((row) => filled(row, start, width, times.length)),
      more: Math.max(0, (rows[0]?.lanes ?? 0) - MOST_LANES),
      total: rows[0]?.records ?? 0,
      ...(await marks(connection, params)),
      sql: panel.shown,
    };
  },
  'timeline/records': ({ connection }, { scope, by, lane, filter, page }) =>
    // A record can be behind several findings of a tactic; the others are read from the records themselves.
    (by === 'tactic' ? recordsPage : pageOfDistinct)(
      connection,
      laneKeys(by, lane),
      { ...scopeParams(scope), filter, lane },
      page,
    ),
};

interface StoredLane {
  readonly id: string;
  readonly total: number;
  readonly failures: number;
  readonly lanes: number;
  readonly records: number;
  readonly buckets: readonly { readonly bucket: number; readonly s: number; readonly f: number }[];
}

/** The narrowest width of which so many buckets cover the range. */
function bucketWidth(range: TimeRange, buckets: number): number {
  const span = Date.parse(range.to) - Date.parse(range.from);
  return WIDTHS.find((width) => span / width <= buckets) ?? Math.ceil(span / buckets / DAY) * DAY;
}

function axis(range: TimeRange, width: number): { readonly times: number[]; readonly start: number } {
  const start = Math.floor(Date.parse(range.from) / width) * width;
  const length = Math.floor((Date.parse(range.to) - start) / width) + 1;
  return { times: Array.from({ length }, (_, i) => start + i * width), start };
}

/** SELECT of (event_time, lane, succeeded, failed): whole hours from the hourly counts where they suffice. */
async function counted(connection: Connection, by: LaneKind, width: number, filter: string): Promise<string> {
  if (by === 'source')
    return width >= HOUR && filter === ''
      ? sourcesByHour(await areFlowsCounted(connection))
      : perSource(recordTables);
  if (by === 'tactic') return perTactic();
  const lane = CALL_LANES[by];
  if (width >= HOUR && HOURLY.has(by) && filter === '')
    return `SELECT hour AS event_time, ${lane} AS lane, succeeded, failed FROM (\n${scopedSql})`;
  return `SELECT event_time, ${lane} AS lane, CAST(error_code IS NULL AS INTEGER) AS succeeded, CAST(error_code IS NOT NULL AS INTEGER) AS failed
  FROM calls WHERE ${inScope('event_time')} AND ${FILTERED}`;
}

function perSource(tables: readonly RecordTable[]): string {
  return `SELECT event_time, source AS lane, CAST(NOT failed AS INTEGER) AS succeeded, CAST(failed AS INTEGER) AS failed
  FROM (\n${everyRecord(tables)})`;
}

/** Calls by their hourly counts, flow records too where those have them all, and of other logs every record. */
function sourcesByHour(withFlows: boolean): string {
  const hourly = withFlows ? ['events', 'flows'] : ['events'];
  const calls = `SELECT hour AS event_time, 'cloudtrail' AS lane, succeeded, failed FROM (\n${scopedSql})`;
  const flows = `SELECT hour, 'vpc-flow', accepted, rejected FROM flow_activity WHERE ${WHOLE_HOUR}
  UNION ALL
  SELECT start_time, 'vpc-flow', CAST(action <> 'REJECT' AS INTEGER), CAST(action = 'REJECT' AS INTEGER)
  FROM flows WHERE ${inScope('start_time')} AND ${inCutHour('start_time')}`;
  const others = perSource(recordTables.filter(({ table }) => !hourly.includes(table)));
  return [calls, ...(withFlows ? [flows] : []), others].join('\n  UNION ALL\n  ');
}

/** Whether the hourly traffic has every flow record of every hour; it knows none of an unknown interface or outcome. */
async function areFlowsCounted(connection: Connection): Promise<boolean> {
  const { missed } = await connection.row<{ missed: boolean }>(flowHoursSql);
  return !missed;
}

/** Every record of these tables that fits the filter: (source, file_id, record_no, event_time, failed). */
function everyRecord(tables: readonly RecordTable[]): string {
  return tables
    .map(
      (table) => `SELECT source, file_id, record_no, event_time, failed FROM (
    SELECT ${table.source} AS source, file_id, record_no, ${table.time} AS event_time, ${table.failed} AS failed, ${toldFields(table)}
    FROM ${table.told ?? table.table}) WHERE ${inScope('event_time')} AND ${FILTERED}`,
    )
    .join('\n  UNION ALL\n  ');
}

function perTactic(): string {
  return `SELECT e.event_time, f.tactic AS lane, 1 AS succeeded, 0 AS failed
  FROM finding_events e JOIN findings f USING (finding_id)
  WHERE f.tactic IS NOT NULL AND ${inScope('e.event_time')} AND ($filter = '' OR contains(lower(concat_ws(' ', f.title, f.principal, f.source_ip)), lower($filter)))`;
}

function countedLanes(relation: string): string {
  return `WITH counted AS (
${relation}
), bucketed AS (
  SELECT coalesce(lane, '') AS id, CAST(epoch_ms(event_time) // CAST($width AS BIGINT) AS BIGINT) AS bucket,
    CAST(sum(succeeded) AS BIGINT) AS s, CAST(sum(failed) AS BIGINT) AS f
  FROM counted GROUP BY ALL
)
SELECT id, CAST(sum(s + f) AS BIGINT) AS total, CAST(sum(f) AS BIGINT) AS failures,
  count(*) OVER () AS lanes, CAST(sum(sum(s + f)) OVER () AS BIGINT) AS records,
  list({'bucket': bucket, 's': s, 'f': f} ORDER BY bucket) AS buckets
FROM bucketed GROUP BY id ORDER BY total DESC, id LIMIT ${MOST_LANES}`;
}

function filled(row: StoredLane, start: number, width: number, length: number): Lanes['lanes'][number] {
  const succeeded = new Array<number>(length).fill(0);
  const failed = new Array<number>(length).fill(0);
  const offset = start / width;
  for (const { bucket, s, f } of row.buckets) {
    const index = bucket - offset;
    if (index < 0 || index >= length) continue;
    succeeded[index] = s;
    failed[index] = f;
  }
  return { id: row.id, total: row.total, failures: row.failures, succeeded, failed };
}

/** What lies over the lines: findings, incidents and times without evidence. */
async function marks(
  connection: Connection,
  params: Params,
): Promise<Pick<Lanes, 'findings' | 'incidents' | 'blind'>> {
  const touching = touchesScope('first_time', 'last_time');
  const order = 'ORDER BY first_time, id';
  const findings = new Panel(
    `SELECT finding_id AS id, title, severity, coalesce(tactic, '') AS tactic, first_time AS first, last_time AS last
FROM findings WHERE ${touching} ${order} LIMIT ${MOST_MARKS}`,
    params,
  );
  const incidents = new Panel(
    `SELECT incident_id AS id, title, severity, first_time AS first, last_time AS last FROM incidents WHERE ${touching} ${order}`,
    params,
  );
  return {
    findings: await findings.rows<Lanes['findings'][number]>(connection),
    incidents: await incidents.rows<Lanes['incidents'][number]>(connection),
    blind: await new Panel(blindSql, params).rows<Lanes['blind'][number]>(connection),
  };
}

/** Keys of the records of a line, or of all of them. */
function laneKeys(by: LaneKind, lane: string | null): string {
  const chosen = (column: string) => (lane === null ? 'true' : `coalesce(${column}, '') = $lane`);
  if (by === 'source')
    return `SELECT source, file_id, record_no, event_time FROM (${everyRecord(recordTables)}) WHERE ${chosen('source')}`;
  if (by === 'tactic')
    return `SELECT e.source, e.file_id, e.record_no, e.event_time FROM finding_events e JOIN findings f USING (finding_id)
  WHERE ${chosen('f.tactic')} AND ${inScope('e.event_time')}`;
  return `SELECT 'cloudtrail' AS source, file_id, record_no, event_time FROM calls
  WHERE ${chosen(CALL_LANES[by])} AND ${inScope('event_time')} AND ${FILTERED}`;
}
