import type { RequestOf, ResponseOf } from '../../shared/contract/index';
import type { TimeRange } from '../../shared/model/time';
import type { Connection } from '../db/database';
import { entityKeys, entityRecords, type EntityRecords } from './entity-records';
import { flowHours, flowSides } from './entity-traffic';
import type { QueryHandlers } from './handlers';
import { Panel } from './panel';
import { hasWholeHours, seriesPanel } from './series';
import { wholeRange } from './whole-range';
import scopedSql from './sql/scoped-activity.sql?raw';

type Volume = ResponseOf<'entity/volume'>;

const DAY_MS = 86_400_000;

/** How much an entity did over time, by kind of log, with the days before the scope time as measure. */
export const volumeQueries: QueryHandlers<'entity/volume'> = {
  'entity/volume': ({ connection }, request) => volume(connection, request),
};

async function volume(
  connection: Connection,
  { entity, scope, baselineDays }: RequestOf<'entity/volume'>,
): Promise<Volume> {
  const records = await entityRecords(connection, entity);
  const whole = await wholeRange(connection);
  const shown = scope ?? whole;
  const axis = scope === null ? whole : { from: baselineStart(scope, whole, baselineDays), to: scope.to };
  const params = { ...entity, from: axis.from, to: axis.to };
  const charts: Volume['charts'] = [];
  for (const { kind, unit, counted } of countedOf(records, axis)) {
    const panel = withBaseline(seriesPanel(counted, params, axis), shown);
    const rows = await panel.rows<Bucket>(connection);
    if (rows.every((row) => row.succeeded + row.failed === 0)) continue;
    charts.push(chartOf(rows, { kind, unit, sql: panel.shown }));
  }
  return { axis, scope: shown, charts };
}

interface Bucket {
  readonly time: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly buckets: number;
}

function chartOf(
  rows: readonly Bucket[],
  head: Pick<Volume['charts'][number], 'kind' | 'unit' | 'sql'>,
): Volume['charts'][number] {
  const [first] = rows;
  return {
    ...head,
    times: rows.map((row) => row.time),
    succeeded: rows.map((row) => row.succeeded),
    failed: rows.map((row) => row.failed),
    baseline:
      first === undefined || first.mean === null || first.buckets < 2
        ? null
        : { mean: first.mean, deviation: first.deviation ?? 0, buckets: first.buckets },
  };
}

/** Adds mean and standard deviation of the whole buckets before the scope time to each row of a series. */
function withBaseline(series: Panel, scope: TimeRange): Panel {
  return new Panel(
    `SELECT *,
  avg(succeeded + failed) FILTER (ends <= CAST($scopeFrom AS TIMESTAMP)) OVER () AS mean,
  stddev_samp(succeeded + failed) FILTER (ends <= CAST($scopeFrom AS TIMESTAMP)) OVER () AS deviation,
  count(*) FILTER (ends <= CAST($scopeFrom AS TIMESTAMP)) OVER () AS buckets
FROM (SELECT *, time + (lead(time) OVER (ORDER BY time) - time) AS ends FROM (${series.text}))
ORDER BY time`,
    { ...series.params, scopeFrom: scope.from },
  );
}

/** The series there are: records by outcome for each kind of log, and the bytes of the traffic. */
function countedOf(
  records: EntityRecords,
  axis: TimeRange,
): { kind: string; unit: 'records' | 'bytes'; counted: string }[] {
  const keys = entityKeys(records, { calls: 'true', flows: 'false', logged: 'true' });
  const kinds = ['cloudtrail', ...new Set(records.logged.map(([, source]) => source))];
  const byOutcome = kinds.map((kind) => ({
    kind,
    unit: 'records' as const,
    counted:
      kind === 'cloudtrail' && records.hourly !== null && hasWholeHours(axis)
        ? `SELECT hour AS event_time, succeeded, failed FROM (\n${scopedSql}) WHERE ${records.hourly}`
        : `SELECT event_time, CAST(NOT failed AS INTEGER) AS succeeded, CAST(failed AS INTEGER) AS failed FROM (SELECT DISTINCT * FROM (${keys}) WHERE source = '${kind}')`,
  }));
  if (records.flows === null) return byOutcome;
  const sides = records.counted && hasWholeHours(axis) ? flowHours : flowSides;
  const traffic = (['records', 'bytes'] as const).map((unit) => ({
    ...{ kind: 'vpc-flow', unit },
    counted: sides(records, unit),
  }));
  return [...byOutcome, ...traffic];
}

/** The start of the days before, no earlier than the first record. */
function baselineStart(scope: TimeRange, whole: TimeRange, days: number): string {
  const wanted = new Date(Date.parse(scope.from) - days * DAY_MS).toISOString().replace('Z', '000Z');
  const earliest = whole.from < scope.from ? whole.from : scope.from;
  return wanted > earliest ? wanted : earliest;
}
