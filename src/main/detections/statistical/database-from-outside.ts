import { isPrivateSql } from '../../db/private-address';
import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-005-reached',
  title: 'Database port reached from the internet',
  description:
    'A public address that had not reached this host before exchanged data with a database port of it.',
  tactic: 'initial-access',
  techniques: ['T1190'],
  severity: 'low',
  severityReason: 'Databases belong behind an application; medium when more than a mebibyte left.',
  falsePositives: 'Partners or offices that use the database directly',
  remediation: ['R-SG-REVOKE', 'R-RDS-PRIV'],
  source: 'vpc-flow',
  sql: `
WITH reached AS (
  SELECT interface_id, any_value(instance_id) AS instance_id, local_addr, peer_addr, service_port, CAST(min(hour) AS DATE) AS day, min(hour) AS first_hour, sum(bytes_in) AS received, sum(bytes_out) AS sent
  FROM flow_activity WHERE direction = 'in' AND protocol = 6 AND accepted > 0 AND service_port IN (1433, 1521, 3306, 5432, 6379, 9200, 11211, 27017) AND NOT ${isPrivateSql('peer_addr')}
  GROUP BY interface_id, local_addr, peer_addr, service_port HAVING sum(bytes_in) >= 2048 AND sum(bytes_out) >= 2048
), bounds AS (SELECT min(hour) AS first_hour FROM flow_activity)
SELECT f.file_id, f.record_no, concat_ws('|', r.interface_id, r.service_port, r.peer_addr) AS fold, CASE WHEN r.sent > 1048576 THEN 'medium' END AS severity,
  r.peer_addr || ' reached port ' || r.service_port || ' of ' || coalesce(r.instance_id, r.local_addr) || ' and got ' || printf('%.1f', r.sent / 1048576.0) || ' MiB.' AS note,
  r.peer_addr AS address, CASE WHEN r.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(r.instance_id, r.interface_id) AS target_id
FROM reached r CROSS JOIN bounds b JOIN flows f ON f.interface_id = r.interface_id AND f.srcaddr = r.peer_addr AND f.dstaddr = r.local_addr AND f.dstport = r.service_port AND CAST(f.start_time AS DATE) = r.day
WHERE r.first_hour >= b.first_hour + INTERVAL 1 DAY AND f.action = 'ACCEPT'`,
});
