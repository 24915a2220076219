import { isPrivateSql } from '../../db/private-address';
import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-007',
  title: 'Unusual volume sent to one outside address',
  description: 'A host sent far more to one public address in a day than it had sent to any before.',
  tactic: 'exfiltration',
  techniques: ['T1048'],
  severity: 'high',
  severityReason:
    'At least 100 MiB, five times what came back, and six deviations above the fourteen days before.',
  falsePositives: 'A backup or an upload that is new',
  remediation: ['R-EC2-SNAP', 'R-EC2-ISO', 'R-IP-BLOCK'],
  source: 'vpc-flow',
  sql: `
WITH daily AS (
  SELECT CAST(hour AS DATE) AS day, interface_id, any_value(instance_id) AS instance_id, local_addr, peer_addr, sum(bytes_out) AS sent, sum(bytes_in) AS received
  FROM flow_activity WHERE NOT ${isPrivateSql('peer_addr')}
  GROUP BY ALL
), suspects AS (
  SELECT * FROM (SELECT *, min(day) OVER (PARTITION BY interface_id) AS first_day FROM daily) WHERE sent > 104857600 AND sent >= 5 * received
), usual AS (
  SELECT s.interface_id, s.day, count(b.day) AS days, coalesce(median(log10(b.sent + 1)), 0) AS middle, coalesce(mad(log10(b.sent + 1)), 0) AS spread, coalesce(max(b.sent), 0) AS most
  FROM (SELECT DISTINCT interface_id, day FROM suspects) s LEFT JOIN daily b ON b.interface_id = s.interface_id AND b.day < s.day AND b.day >= s.day - 14
  GROUP BY s.interface_id, s.day
), unusual AS (
  SELECT s.*, u.days, u.most FROM suspects s JOIN usual u USING (interface_id, day)
  WHERE log10(s.sent) > u.middle + 6 * 1.4826 * greatest(u.spread, 0.05) AND s.sent > 2 * u.most
  LIMIT 1000000 -- never reached: without it the engine expects more of these than flow records, and holds those in memory
)
SELECT f.file_id, f.record_no, concat_ws('|', u.interface_id, u.peer_addr, u.day) AS fold, CASE WHEN u.day - u.first_day < 2 THEN 'medium' END AS severity,
  coalesce(u.instance_id, u.local_addr) || ' sent ' || printf('%.1f', u.sent / 1048576.0) || ' MiB to ' || u.peer_addr || ' on ' || u.day || ' and got ' || printf('%.1f', u.received / 1048576.0) || ' MiB back'
    || CASE WHEN u.day - u.first_day < 2 THEN '; the case knows too few days before to say what is usual.' ELSE '; the most it had sent to one address in a day before was ' || printf('%.1f', u.most / 1048576.0) || ' MiB.' END AS note,
  u.peer_addr AS address, CASE WHEN u.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(u.instance_id, u.interface_id) AS target_id
FROM unusual u JOIN flows f ON f.interface_id = u.interface_id AND f.srcaddr = u.local_addr AND f.dstaddr = u.peer_addr AND CAST(f.start_time AS DATE) = u.day`,
});
