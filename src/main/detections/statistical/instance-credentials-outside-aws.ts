import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-ca-001',
  title: 'Instance-role credentials used from outside AWS',
  description: 'A session that was issued to an instance made calls from a public network that is not AWS.',
  tactic: 'credential-access',
  techniques: ['T1552.005', 'T1078.004'],
  severity: 'high',
  severityReason: 'Such credentials exist only on the instance, and the instance is in AWS.',
  falsePositives: 'Traffic that leaves through a proxy on the premises: then most calls of the instance do',
  remediation: ['R-PRES', 'R-ROLE-REVOKE', 'R-EC2-META', 'R-EC2-ISO', 'R-EC2-SNAP', 'R-IP-BLOCK'],
  source: 'cloudtrail',
  hand: 'misplaced',
  sql: `
WITH used AS (
  SELECT c.file_id, c.record_no, c.event_time, c.instance_id, c.source_net, p.network_kind, p.asn, p.organization, p.country
  FROM calls c JOIN address_places p ON p.address = c.source_ip
  WHERE c.instance_id IS NOT NULL AND c.principal_type = 'role' AND NOT c.is_service
), ways AS (
  -- the networks by which an instance usually reaches AWS: a tenth of its calls or more, on three days or more
  SELECT instance_id, source_net FROM (SELECT instance_id, source_net, count(*) AS n, count(DISTINCT CAST(event_time AS DATE)) AS days FROM used GROUP BY ALL)
  WHERE days >= 3 QUALIFY n >= 0.1 * sum(n) OVER (PARTITION BY instance_id)
)
SELECT file_id, record_no, NULL AS fold, NULL AS severity, NULL AS note
FROM used u WHERE asn IS NOT NULL AND network_kind IS DISTINCT FROM 'aws'
  AND NOT EXISTS (FROM ways w WHERE w.instance_id = u.instance_id AND w.source_net = u.source_net)`,
});
