import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-001',
  title: 'One port probed on many hosts',
  description: 'One address tried the same port on 25 or more hosts within an hour, and most did not answer.',
  tactic: 'discovery',
  techniques: ['T1046'],
  severity: 'medium',
  severityReason:
    'From inside it is somebody looking for a way on; from outside it is the usual noise of the internet and low.',
  falsePositives: 'A vulnerability scanner or health checks of your own',
  remediation: ['R-EC2-ISO', 'R-IP-BLOCK'],
  source: 'vpc-flow',
  sql: `
WITH scans AS (
  SELECT hour, peer_addr, service_port, count(DISTINCT local_addr) AS hosts, list(DISTINCT interface_id) AS interfaces
  FROM flow_activity WHERE direction = 'in' AND service_port IS NOT NULL
  GROUP BY ALL HAVING count(DISTINCT local_addr) >= 25 AND count(DISTINCT local_addr) FILTER (rejected > 0 OR packets <= 3 * accepted) >= 0.7 * count(DISTINCT local_addr)
), inside AS (SELECT DISTINCT local_addr, instance_id, interface_id FROM flow_activity)
SELECT f.file_id, f.record_no, concat_ws('|', s.peer_addr, s.service_port, CAST(s.hour AS DATE)) AS fold, CASE WHEN i.local_addr IS NULL THEN 'low' ELSE 'medium' END AS severity,
  s.peer_addr || ' tried port ' || s.service_port || ' on up to ' || max(s.hosts) OVER (PARTITION BY s.peer_addr, s.service_port, CAST(s.hour AS DATE)) || ' hosts within an hour.' AS note,
  s.peer_addr AS address, CASE WHEN i.instance_id IS NULL THEN NULL ELSE 'instance' END AS target_type, i.instance_id AS target_id
FROM scans s JOIN flows f ON f.srcaddr = s.peer_addr AND f.dstport = s.service_port AND date_trunc('hour', f.start_time) = s.hour
LEFT JOIN (SELECT local_addr, any_value(instance_id) AS instance_id FROM inside GROUP BY local_addr) i ON i.local_addr = s.peer_addr`,
});
