import type { Params } from '../db/database';
import type { EntityRecords } from './entity-records';
import { Panel } from './panel';
import { inScope } from './scope';
import scopedSql from './sql/scoped-activity.sql?raw';
import scopedDaysSql from './sql/scoped-days.sql?raw';

/** The hourly counts have the counts, and the first and last time, of each hour: what they give is exact. */
const HOURLY = {
  counts: `CAST(sum(succeeded) AS BIGINT) AS succeeded, CAST(sum(failed) AS BIGINT) AS failed, min(first_time) AS first, max(last_time) AS last`,
  all: 'sum(succeeded + failed)',
  failed: 'sum(failed)',
  first: 'min(first_time)',
  last: 'max(last_time)',
};
const CALLS = {
  counts: `count(*) FILTER (error_code IS NULL) AS succeeded, count(error_code) AS failed, min(event_time) AS first, max(event_time) AS last`,
  all: 'count(*)',
  failed: 'count(error_code)',
  first: 'min(event_time)',
  last: 'max(event_time)',
};

/**
 * The questions behind the panels of an entity's profile; of daily counts where those tell its calls apart, of hourly ones
 * where credentials are asked for.
 */
export function entityPanels(records: EntityRecords, params: Params) {
  const told = records.hourly === null ? CALLS : HOURLY;
  const mineOf = (counted: string): string =>
    records.hourly === null
      ? `calls WHERE (${records.calls}) AND ${inScope('event_time')}`
      : `(\n${counted}) WHERE (${records.hourly})`;
  const mine = mineOf(scopedDaysSql);
  const busiest = `ORDER BY ${told.all} DESC`;
  return {
    // A damaged record may name neither.
    apis: new Panel(
      `SELECT coalesce(event_source, '') AS service, coalesce(event_name, '') AS api, ${told.counts} FROM ${mine}
GROUP BY event_source, event_name ${busiest}, service, api LIMIT 1000`,
      params,
    ),
    addresses: new Panel(
      `SELECT source_ip AS address, count(DISTINCT principal) AS principals, ${told.counts} FROM ${mine} AND source_ip IS NOT NULL
GROUP BY source_ip ${busiest}, address LIMIT 1000`,
      params,
    ),
    credentials: new Panel(
      `SELECT session_key AS credential, coalesce(any_value(k.kind), 'unknown') AS kind, coalesce(any_value(k.resolution), '') AS resolution,
  any_value(c.events) AS events, any_value(c.failures) AS failures, any_value(c.first) AS first, any_value(c.last) AS last
FROM (
  SELECT session_key, CAST(${told.all} AS BIGINT) AS events, CAST(${told.failed} AS BIGINT) AS failures, ${told.first} AS first, ${told.last} AS last
  FROM ${mineOf(scopedSql)} AND session_key IS NOT NULL GROUP BY session_key
) c LEFT JOIN (SELECT session_key, kind, resolution FROM credentials) k USING (session_key)
GROUP BY session_key ORDER BY events DESC, credential LIMIT 1000`,
      params,
    ),
    userAgents: new Panel(
      `SELECT ua_family AS family, ${told.counts} FROM ${mine} AND ua_family IS NOT NULL GROUP BY ua_family ${busiest}, family LIMIT 500`,
      params,
    ),
    peers: peersPanel(records, params),
  };
}

/** Traffic by peer and service; whole hours. */
function peersPanel({ activity }: EntityRecords, params: Params): Panel {
  return new Panel(
    `SELECT local_addr AS "localAddr", peer_addr AS "peerAddr", service_port AS port, protocol, direction,
  CAST(sum(accepted) AS BIGINT) AS accepted, CAST(sum(rejected) AS BIGINT) AS rejected,
  CAST(sum(bytes_in) AS BIGINT) AS "bytesIn", CAST(sum(bytes_out) AS BIGINT) AS "bytesOut"
FROM flow_activity
WHERE ${activity ?? 'false'} AND (CAST($from AS TIMESTAMP) IS NULL
  OR (hour >= date_trunc('hour', CAST($from AS TIMESTAMP)) AND hour <= CAST($to AS TIMESTAMP)))
GROUP BY ALL ORDER BY sum(accepted + rejected) DESC, "localAddr", "peerAddr", port, protocol, direction LIMIT 1000`,
    params,
  );
}
