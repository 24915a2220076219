import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-015',
  title: 'Outbound flood',
  description:
    'A host sent a flood of small packets, or opened more than a thousand connections, to one address within a minute: it takes part in an attack.',
  tactic: 'impact',
  techniques: ['T1498'],
  severity: 'high',
  severityReason: 'Hardly any ordinary traffic looks like this, and the owner of the host is blamed for it.',
  falsePositives: 'Load tests',
  remediation: ['R-EC2-ISO', 'R-EC2-SNAP'],
  source: 'vpc-flow',
  sql: `
WITH suspects AS (
  SELECT hour, interface_id, any_value(instance_id) AS instance_id, local_addr, peer_addr FROM flow_activity
  WHERE direction = 'out' GROUP BY hour, interface_id, local_addr, peer_addr HAVING sum(packets) >= 100000 OR sum(accepted + rejected) > 1000
), minutes AS (
  SELECT s.interface_id, s.instance_id, s.local_addr, s.peer_addr, time_bucket(INTERVAL 1 MINUTE, f.start_time) AS minute,
    sum(f.packets / greatest(1, epoch(f.end_time - f.start_time) / 60)) AS packets, sum(f.bytes) / greatest(sum(f.packets), 1) AS size, count(DISTINCT f.srcport) AS ports
  FROM suspects s JOIN flows f ON f.interface_id = s.interface_id AND f.srcaddr = s.local_addr AND f.dstaddr = s.peer_addr AND date_trunc('hour', f.start_time) = s.hour
  GROUP BY ALL
), floods AS (
  SELECT * FROM minutes WHERE (packets > 100000 AND size < 120) OR ports > 1000
)
SELECT f.file_id, f.record_no, concat_ws('|', m.interface_id, m.peer_addr, CAST(m.minute AS DATE)) AS fold, NULL AS severity,
  coalesce(m.instance_id, m.local_addr) || ' sent up to ' || max(CAST(m.packets AS BIGINT)) OVER w || ' packets a minute from up to ' || max(m.ports) OVER w || ' ports to ' || m.peer_addr || '.' AS note,
  m.peer_addr AS address, CASE WHEN m.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(m.instance_id, m.interface_id) AS target_id
FROM floods m JOIN flows f ON f.interface_id = m.interface_id AND f.srcaddr = m.local_addr AND f.dstaddr = m.peer_addr AND time_bucket(INTERVAL 1 MINUTE, f.start_time) = m.minute
WINDOW w AS (PARTITION BY m.interface_id, m.peer_addr, CAST(m.minute AS DATE))
QUALIFY row_number() OVER (PARTITION BY m.interface_id, m.peer_addr, m.minute ORDER BY f.start_time, f.file_id, f.record_no) <= 1000`,
});
