import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-009',
  title: 'Inside host reaches out to many others on administration ports',
  description:
    'One inside host opened connections to five or more others on ports for administration within an hour, three times as many as it ever had.',
  tactic: 'lateral-movement',
  techniques: ['T1021'],
  severity: 'high',
  severityReason: 'Moving from host to host looks like this; the host did not do so before.',
  falsePositives: 'A jump host or configuration management that is new',
  remediation: ['R-EC2-SNAP', 'R-EC2-ISO'],
  source: 'vpc-flow',
  sql: `
WITH hours AS (
  SELECT hour, interface_id, any_value(instance_id) AS instance_id, local_addr, count(DISTINCT peer_addr) AS peers
  FROM flow_activity WHERE direction = 'out' AND protocol = 6 AND service_port IN (22, 135, 139, 445, 3389, 5985, 5986)
    AND regexp_matches(peer_addr, '^(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.)')
  GROUP BY ALL
), judged AS (
  SELECT *, coalesce(max(peers) OVER (PARTITION BY interface_id ORDER BY hour RANGE BETWEEN INTERVAL 14 DAY PRECEDING AND INTERVAL 1 HOUR PRECEDING), 0) AS most FROM hours
)
SELECT f.file_id, f.record_no, concat_ws('|', j.interface_id, CAST(j.hour AS DATE)) AS fold, NULL AS severity,
  coalesce(j.instance_id, j.local_addr) || ' reached ' || max(j.peers) OVER (PARTITION BY j.interface_id, CAST(j.hour AS DATE)) || ' inside hosts on administration ports within an hour; the most before was ' || min(j.most) OVER (PARTITION BY j.interface_id, CAST(j.hour AS DATE)) || '.' AS note,
  j.local_addr AS address, CASE WHEN j.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(j.instance_id, j.interface_id) AS target_id
FROM judged j JOIN flows f ON f.interface_id = j.interface_id AND f.srcaddr = j.local_addr AND f.protocol = 6 AND date_trunc('hour', f.start_time) = j.hour
WHERE j.peers >= greatest(5, 3 * j.most) AND f.dstport IN (22, 135, 139, 445, 3389, 5985, 5986)`,
});
