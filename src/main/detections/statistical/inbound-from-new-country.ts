import { defineDetector } from './detector';

export default defineDetector({
  id: 'vf-013',
  title: 'Administration from a new country or network operator',
  description:
    'A host accepted a long SSH or RDP connection from a public address whose network operator it had not accepted any from before.',
  tactic: 'initial-access',
  techniques: ['T1133'],
  severity: 'low',
  severityReason:
    'Administrators travel; medium when the country is new as well and the host had known only few before.',
  falsePositives: 'Travelling administrators',
  remediation: ['R-SG-REVOKE', 'R-EC2-ISO'],
  source: 'vpc-flow',
  sql: `
WITH sessions AS (
  SELECT f.file_id, f.record_no, f.start_time, f.interface_id, f.instance_id, f.srcaddr, f.dstaddr, f.dstport, p.asn, p.country, p.organization
  FROM flows f JOIN address_places p ON p.address = f.srcaddr
  WHERE f.dstport IN (22, 3389, 5985, 5986) AND f.protocol = 6 AND f.action = 'ACCEPT' AND f.packets >= 100 AND p.asn IS NOT NULL
), firsts AS (
  SELECT interface_id, asn, country, min(start_time) AS first_time FROM sessions GROUP BY ALL
), fresh AS (
  SELECT f.interface_id, f.asn, f.first_time, count(DISTINCT CAST(s.start_time AS DATE)) AS days, count(DISTINCT s.asn) AS operators, bool_or(s.country = f.country) AS country_known
  FROM firsts f JOIN sessions s ON s.interface_id = f.interface_id AND s.start_time < f.first_time AND s.start_time >= f.first_time - INTERVAL 14 DAY AND s.asn <> f.asn GROUP BY ALL
)
SELECT s.file_id, s.record_no, concat_ws('|', s.interface_id, s.asn, CAST(s.start_time AS DATE)) AS fold, CASE WHEN NOT coalesce(f.country_known, false) AND f.operators <= 3 THEN 'medium' END AS severity,
  s.srcaddr || ' (' || coalesce(s.organization, 'AS' || s.asn) || coalesce(', ' || s.country, '') || ') reached port ' || s.dstport || ' of ' || coalesce(s.instance_id, s.dstaddr) || '; before, ' || f.operators || CASE WHEN f.operators = 1 THEN ' other operator' ELSE ' other operators' END || ' had.' AS note,
  s.srcaddr AS address, CASE WHEN s.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(s.instance_id, s.interface_id) AS target_id
FROM sessions s JOIN fresh f USING (interface_id, asn) WHERE f.days >= 3 AND s.start_time < f.first_time + INTERVAL 1 DAY`,
});
