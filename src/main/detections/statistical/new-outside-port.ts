import { isPrivateSql } from '../../db/private-address';
import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-008',
  title: 'Port never used before to an outside peer',
  description:
    'A host with a week of history exchanged data with a public address on a port it had not used towards the outside before.',
  tactic: 'command-and-control',
  techniques: ['T1571'],
  severity: 'low',
  severityReason: 'New software does this; medium on ports that remote-control tools and chat servers use.',
  falsePositives: 'New software',
  remediation: ['R-EC2-ISO'],
  source: 'vpc-flow',
  sql: `
WITH used AS (
  SELECT interface_id, any_value(instance_id) AS instance_id, local_addr, peer_addr, service_port, protocol, min(hour) AS first_hour, sum(bytes_out) AS sent, sum(bytes_in) AS received
  FROM flow_activity WHERE direction = 'out' AND accepted > 0 AND service_port IS NOT NULL AND NOT ${isPrivateSql('peer_addr')}
  GROUP BY interface_id, local_addr, peer_addr, service_port, protocol
), known AS (SELECT interface_id, min(hour) AS first_hour FROM flow_activity GROUP BY interface_id),
ports AS (SELECT interface_id, service_port, protocol, min(first_hour) AS first_hour FROM used GROUP BY ALL),
elsewhere AS (SELECT service_port, protocol, count(DISTINCT interface_id) AS hosts FROM used GROUP BY ALL)
SELECT f.file_id, f.record_no, concat_ws('|', u.interface_id, u.service_port, u.peer_addr) AS fold,
  CASE WHEN u.service_port IN (1080, 1337, 4444, 4445, 5555, 6660, 6666, 6667, 6669, 6697, 8333, 9001, 9050, 12345, 31337) THEN 'medium' END AS severity,
  coalesce(u.instance_id, u.local_addr) || ' exchanged data with ' || u.peer_addr || ' on port ' || u.service_port || ', which it had not used before: ' || u.sent || ' bytes out, ' || u.received || ' in.' AS note,
  u.peer_addr AS address, CASE WHEN u.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(u.instance_id, u.interface_id) AS target_id
FROM used u JOIN ports p USING (interface_id, service_port, protocol) JOIN known k USING (interface_id) JOIN elsewhere e USING (service_port, protocol)
JOIN flows f ON f.interface_id = u.interface_id AND f.srcaddr = u.local_addr AND f.dstaddr = u.peer_addr AND f.dstport = u.service_port AND f.protocol = u.protocol
WHERE u.service_port NOT IN (53, 80, 123, 443) AND u.sent > 1024 AND u.received > 1024 AND e.hosts <= 2
  AND p.first_hour >= k.first_hour + INTERVAL 7 DAY AND u.first_hour < p.first_hour + INTERVAL 1 DAY AND f.action = 'ACCEPT'
QUALIFY row_number() OVER (PARTITION BY u.interface_id, u.service_port, u.peer_addr ORDER BY f.start_time, f.file_id, f.record_no) <= 100`,
});
