import type { Params } from '../db/database';
import type { EntityRecords } from './entity-records';
import { Panel } from './panel';
import { inScope } from './scope';

const COUNTS = `count(*) FILTER (error_code IS NULL) AS succeeded, count(error_code) AS failed, min(event_time) AS first, max(event_time) AS last`;
const BUSIEST = 'ORDER BY count(*) DESC';

/** The questions behind the panels of an entity's profile. */
export function entityPanels(records: EntityRecords, params: Params) {
  const mine = `calls WHERE (${records.calls}) AND ${inScope('event_time')}`;
  return {
    apis: new Panel(
      `SELECT event_source AS service, event_name AS api, ${COUNTS} FROM ${mine}
GROUP BY event_source, event_name ${BUSIEST}, service, api LIMIT 1000`,
      params,
    ),
    addresses: new Panel(
      `SELECT source_ip AS address, count(DISTINCT principal) AS principals, ${COUNTS} FROM ${mine} AND source_ip IS NOT NULL
GROUP BY source_ip ${BUSIEST}, address LIMIT 1000`,
      params,
    ),
    credentials: new Panel(
      `SELECT session_key AS credential, coalesce(any_value(k.kind), 'unknown') AS kind, coalesce(any_value(k.resolution), '') AS resolution,
  count(*) AS events, count(c.error_code) AS failures, min(c.event_time) AS first, max(c.event_time) AS last
FROM (SELECT * FROM ${mine}) c LEFT JOIN (SELECT session_key, kind, resolution FROM credentials) k USING (session_key)
WHERE session_key IS NOT NULL GROUP BY session_key ${BUSIEST}, credential LIMIT 1000`,
      params,
    ),
    userAgents: new Panel(
      `SELECT ua_family AS family, ${COUNTS} FROM ${mine} AND ua_family IS NOT NULL GROUP BY ua_family ${BUSIEST}, family LIMIT 500`,
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
