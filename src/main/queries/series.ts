import type { TimeRange } from '../../shared/model/time';
import type { Connection, Params } from '../db/database';
import { Panel } from './panel';

/** Widths of a bucket in seconds; a series has at most this many buckets. */
const WIDTHS = [60, 300, 900, 3600, 6 * 3600, 86_400, 7 * 86_400, 28 * 86_400] as const;
const MOST_BUCKETS = 800;

interface Series {
  times: string[];
  succeeded: number[];
  failed: number[];
}

/** The narrowest bucket that keeps the series short, in seconds. */
function bucketSeconds(range: TimeRange): number {
  const seconds = Math.max(0, (Date.parse(range.to) - Date.parse(range.from)) / 1000);
  return WIDTHS.find((width) => seconds / width <= MOST_BUCKETS) ?? WIDTHS[WIDTHS.length - 1] ?? 0;
}

/** Whether each bucket of such a series is made of whole hours. */
export function hasWholeHours(range: TimeRange): boolean {
  return bucketSeconds(range) >= 3600;
}

/**
 * Successes and failures over time without holes. `counted` is a SELECT of (event_time, succeeded, failed) with the
 * values `params`; `range` is what the axis spans.
 */
export function seriesPanel(counted: string, params: Params, range: TimeRange): Panel {
  const width = bucketSeconds(range);
  return new Panel(
    `WITH counted AS (${counted}
), buckets AS (
  SELECT unnest(range(time_bucket(to_seconds(${width}), CAST($axisFrom AS TIMESTAMP)),
    CAST($axisTo AS TIMESTAMP) + INTERVAL 1 MICROSECOND, to_seconds(${width}))) AS bucket
)
SELECT bucket AS time, CAST(coalesce(sum(succeeded), 0) AS BIGINT) AS succeeded, CAST(coalesce(sum(failed), 0) AS BIGINT) AS failed
FROM buckets LEFT JOIN counted ON time_bucket(to_seconds(${width}), event_time) = bucket
GROUP BY bucket ORDER BY bucket`,
    { ...params, axisFrom: range.from, axisTo: range.to },
  );
}

/** Runs a {@link seriesPanel}. */
export async function readSeries(connection: Connection, panel: Panel): Promise<Series> {
  const rows = await panel.rows<{ time: string; succeeded: number; failed: number }>(connection);
  return {
    times: rows.map((row) => row.time),
    succeeded: rows.map((row) => row.succeeded),
    failed: rows.map((row) => row.failed),
  };
}
