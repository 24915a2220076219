import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-002',
  title: 'Many ports of one host probed',
  description: 'One address tried ten or more ports of one host within an hour, and most did not answer.',
  tactic: 'discovery',
  techniques: ['T1046'],
  severity: 'medium',
  severityReason:
    'From inside it is somebody looking for a way on; from outside it is the usual noise of the internet and low.',
  falsePositives: 'A vulnerability scanner of your own',
  remediation: ['R-EC2-ISO', 'R-IP-BLOCK'],
  source: 'vpc-flow',
  sql: `
WITH tried AS (
  SELECT hour, interface_id, any_value(instance_id) AS instance_id, local_addr, peer_addr, count(DISTINCT service_port) AS ports,
    sum(rejected) + sum(accepted) FILTER (packets <= 3 * accepted) AS unanswered, sum(accepted + rejected) AS n
  FROM flow_activity WHERE direction = 'in' AND protocol = 6 AND service_port NOT IN (53, 80, 123, 443, 445, 853, 2049) GROUP BY ALL
), scans AS (
  SELECT * FROM tried WHERE ports >= 10 AND coalesce(unanswered, 0) >= 0.7 * n
), inside AS (SELECT DISTINCT local_addr FROM flow_activity)
SELECT f.file_id, f.record_no, concat_ws('|', s.peer_addr, s.interface_id, CAST(s.hour AS DATE)) AS fold, CASE WHEN s.peer_addr IN (SELECT local_addr FROM inside) THEN 'medium' ELSE 'low' END AS severity,
  s.peer_addr || ' tried up to ' || max(s.ports) OVER (PARTITION BY s.peer_addr, s.interface_id, CAST(s.hour AS DATE)) || ' ports of ' || coalesce(s.instance_id, s.local_addr) || ' within an hour.' AS note,
  s.peer_addr AS address, CASE WHEN s.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(s.instance_id, s.interface_id) AS target_id
FROM scans s JOIN flows f ON f.interface_id = s.interface_id AND f.srcaddr = s.peer_addr AND f.dstaddr = s.local_addr AND date_trunc('hour', f.start_time) = s.hour AND f.protocol = 6`,
});
