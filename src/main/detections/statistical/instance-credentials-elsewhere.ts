import { defineDetector } from './detector';

/**
 * First-use lock of instance credentials (Netflix 2018), without knowledge of AWS's address ranges: the home of an
 * instance is the network that most of its sessions, and the first of each session, come from; private addresses (by way
 * of an endpoint) and public ones are compared each among themselves.
 */
export default defineDetector({
  id: 'ct-ca-002',
  title: 'Instance credentials used away from the instance',
  description:
    'A session that was issued to an instance was used from an address that the instance does not use, and not through a VPC endpoint.',
  tactic: 'credential-access',
  techniques: ['T1552.005', 'T1078.004'],
  severity: 'high',
  severityReason: 'Such credentials exist only on the instance: seen elsewhere, they were taken.',
  falsePositives: 'An instance that got a new public address or a proxy',
  remediation: ['R-PRES', 'R-ROLE-REVOKE', 'R-EC2-META', 'R-EC2-ISO', 'R-EC2-SNAP', 'R-IP-BLOCK'],
  source: 'cloudtrail',
  hand: 'misplaced',
  sql: `
WITH used AS (
  SELECT *, regexp_matches(coalesce(user_agent, ''), '(?i)amazon-ssm-agent|cloudwatch-?agent|aws-for-fluent-bit|ecs agent|kinesis-agent|codedeploy-agent|ec2-macos|ec2launch') AS by_agent,
    event_name IN ('UpdateInstanceInformation', 'UpdateInstanceAssociationStatus', 'ListInstanceAssociations', 'PutInventory', 'PutComplianceItems', 'RegisterContainerInstance', 'DiscoverPollEndpoint') AS is_heartbeat
  FROM calls WHERE instance_id IS NOT NULL AND principal_type = 'role' AND NOT is_service AND source_net IS NOT NULL
), places AS (
  SELECT instance_id, ip_class, source_net, count(*) AS n, count(DISTINCT session_key) AS sessions, count(DISTINCT CAST(event_time AS DATE)) AS days,
    min(event_time) AS first_time, bool_or(by_agent) AS by_agent, bool_and(is_heartbeat) AS only_heartbeats FROM used GROUP BY ALL
), homes AS (
  -- one way out to the internet and one through endpoints: an instance may have both
  SELECT instance_id, ip_class, arg_max(source_net, (by_agent, days, sessions, -epoch(first_time))) AS home FROM places p
  WHERE first_time <= (SELECT min(o.first_time) FROM places o WHERE o.instance_id = p.instance_id) + INTERVAL 1 DAY GROUP BY instance_id, ip_class
), firsts AS (
  SELECT session_key, ip_class, arg_min(source_net, (event_time, file_id, record_no)) AS first_net FROM used GROUP BY ALL
), shared AS (
  -- an address that several instances come from is a gateway or a proxy of the firm
  SELECT source_net FROM used GROUP BY ALL HAVING count(DISTINCT instance_id) >= 3
), away AS (
  SELECT u.* FROM used u LEFT JOIN homes h USING (instance_id, ip_class) JOIN places p USING (instance_id, source_net) JOIN firsts f USING (session_key, ip_class) JOIN events v ON v.file_id = u.file_id AND v.record_no = u.record_no
  WHERE u.source_net IS DISTINCT FROM h.home AND (u.ip_class = 'public' OR v.vpc_endpoint_id IS NULL) AND NOT p.by_agent AND NOT p.only_heartbeats AND p.days <= 3 AND u.source_net NOT IN (SELECT source_net FROM shared)
    AND (f.first_net <> u.source_net OR p.sessions = 1)
), told AS (
  SELECT a.instance_id, a.source_net, count(*) AS n, any_value(a.source_ip) AS ip, any_value(h.home) AS home FROM away a JOIN homes h USING (instance_id) GROUP BY ALL
)
SELECT a.file_id, a.record_no, concat_ws('|', a.instance_id, a.source_net) AS fold, 'high' AS severity,
  'Credentials of ' || a.instance_id || ' made ' || t.n || ' calls from ' || t.ip || '; the instance itself calls from ' || t.home || '.' AS note
FROM away a JOIN told t USING (instance_id, source_net)`,
});
