import { isPrivateSql } from '../../db/private-address';
import { defineDetector } from './detector';

/**
 * After RITA 5 (methods 4b): the mean of how regular the gaps are, how alike the sizes, how long it lasts and how even the
 * hours are filled. Flow logs aggregate over one or ten minutes, so gaps under twice that length tell nothing.
 */
export default defineDetector({
  id: 'vf-006',
  title: 'Beaconing to one outside peer',
  description:
    'A host contacted one public address again and again at regular intervals with alike amounts of data, for six hours or more.',
  tactic: 'command-and-control',
  techniques: ['T1071'],
  severity: 'medium',
  severityReason:
    'Implants call home like this, and so do agents of ordinary software: high when it began during the case, on this host alone, to no cloud; low when it has always been there or several hosts do it.',
  falsePositives: 'Update checks, monitoring agents, heartbeats of services',
  remediation: ['R-EC2-ISO', 'R-EC2-SNAP', 'R-IP-BLOCK'],
  source: 'vpc-flow',
  sql: `
WITH bounds AS (
  SELECT min(hour) AS first_hour, greatest(date_diff('hour', min(hour), max(hour)), 1) AS span FROM flow_activity
), out AS (
  SELECT interface_id, any_value(instance_id) AS instance_id, local_addr, peer_addr, service_port, protocol, hour, sum(accepted) AS n
  FROM flow_activity WHERE direction = 'out' AND accepted > 0 AND service_port IS NOT NULL AND service_port NOT IN (53, 123) AND NOT ${isPrivateSql('peer_addr')}
  GROUP BY interface_id, local_addr, peer_addr, service_port, protocol, hour
), popular AS (
  SELECT peer_addr, count(DISTINCT interface_id) AS hosts FROM out GROUP BY peer_addr
), runs AS (
  SELECT *, hour - to_hours(CAST(row_number() OVER (PARTITION BY interface_id, peer_addr, service_port, protocol ORDER BY hour) AS INTEGER)) AS island FROM out
), pairs AS (
  SELECT interface_id, any_value(instance_id) AS instance_id, any_value(local_addr) AS local_addr, peer_addr, service_port, protocol, sum(n) AS n, count(*) AS hours, min(hour) AS first_hour, max(hour) AS last_hour,
    stddev_pop(n) / avg(n) AS spread, max(run) AS longest
  FROM (SELECT *, count(*) OVER (PARTITION BY interface_id, peer_addr, service_port, protocol, island) AS run FROM runs)
  GROUP BY interface_id, peer_addr, service_port, protocol HAVING sum(n) >= 20 AND count(*) >= 6
), contacts AS (
  SELECT p.interface_id, p.peer_addr, p.service_port, p.protocol, f.start_time, epoch(max(f.end_time) - f.start_time) AS lasted, sum(f.bytes) AS bytes
  FROM pairs p JOIN flows f ON f.interface_id = p.interface_id AND f.srcaddr = p.local_addr AND f.dstaddr = p.peer_addr AND f.dstport = p.service_port AND f.protocol = p.protocol
  WHERE f.action = 'ACCEPT' GROUP BY p.interface_id, p.peer_addr, p.service_port, p.protocol, f.start_time
), gaps AS (
  SELECT *, epoch(start_time - lag(start_time) OVER (PARTITION BY interface_id, peer_addr, service_port, protocol ORDER BY start_time)) AS gap FROM contacts
), quartiles AS (
  SELECT interface_id, peer_addr, service_port, protocol, median(lasted) AS aggregation, count(*) AS contacts,
    quantile_cont(gap, 0.25) AS g1, median(gap) AS g2, quantile_cont(gap, 0.75) AS g3, mad(gap) AS gmad,
    quantile_cont(bytes, 0.25) AS b1, median(bytes) AS b2, quantile_cont(bytes, 0.75) AS b3, mad(bytes) AS bmad
  FROM gaps GROUP BY ALL
), scored AS (
  SELECT q.*, p.* EXCLUDE (interface_id, peer_addr, service_port, protocol),
    ((1 - abs(CASE WHEN g3 - g1 < 10 OR g2 IN (g1, g3) THEN 0 ELSE (g1 + g3 - 2 * g2) / (g3 - g1) END)) + greatest(0, (g2 - gmad) / nullif(g2, 0))) / 2 AS ts,
    ((1 - abs(CASE WHEN b3 - b1 < 10 OR b2 IN (b1, b3) THEN 0 ELSE (b1 + b3 - 2 * b2) / (b3 - b1) END)) + greatest(0, (b2 - bmad) / nullif(b2, 0))) / 2 AS ds,
    least(1, greatest(date_diff('hour', p.first_hour, p.last_hour) / b.span, p.longest / 12.0)) AS dur, greatest(0, 1 - coalesce(p.spread, 0)) AS hist, b.first_hour AS case_start
  FROM quartiles q JOIN pairs p USING (interface_id, peer_addr, service_port, protocol) CROSS JOIN bounds b
  WHERE q.contacts >= 20 AND g2 >= 2 * greatest(aggregation, 30)
), judged AS (
  SELECT s.*, (ts + ds + dur + hist) / 4 AS score, o.hosts, a.network_kind, a.organization, s.first_hour >= s.case_start + INTERVAL 2 DAY AS began
  FROM scored s JOIN popular o USING (peer_addr) LEFT JOIN address_places a ON a.address = s.peer_addr
), told AS (
  SELECT *, CASE WHEN NOT began OR hosts > 2 OR network_kind = 'aws' THEN 'low' WHEN network_kind IS NULL AND score >= 0.85 THEN 'high' ELSE 'medium' END AS severity,
    coalesce(instance_id, local_addr) || ' contacted ' || peer_addr || coalesce(' (' || organization || ')', '') || ' on port ' || service_port || ' ' || contacts || ' times, usually every ' || CAST(round(g2) AS INTEGER) || ' seconds with '
      || CAST(round(b2) AS BIGINT) || ' bytes, over ' || hours || ' hours; regularity ' || printf('%.2f', score) || ' of 1.' AS note
  FROM judged WHERE score >= 0.8 AND gmad <= 0.3 * g2
)
SELECT f.file_id, f.record_no, concat_ws('|', t.interface_id, t.peer_addr, t.service_port) AS fold, t.severity, t.note,
  t.peer_addr AS address, CASE WHEN t.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(t.instance_id, t.interface_id) AS target_id
FROM told t JOIN flows f ON f.interface_id = t.interface_id AND f.srcaddr = t.local_addr AND f.dstaddr = t.peer_addr AND f.dstport = t.service_port AND f.protocol = t.protocol
WHERE f.action = 'ACCEPT'
QUALIFY row_number() OVER (PARTITION BY t.interface_id, t.peer_addr, t.service_port ORDER BY f.start_time, f.file_id, f.record_no) <= 1000`,
});
