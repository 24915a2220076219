import { defineDetector } from './detector';

/** First-use lock of instance credentials (Netflix 2018): one session of an instance is used from one place only. */
export default defineDetector({
  id: 'ct-ca-002',
  title: 'Instance role credentials used away from the instance',
  description: 'A session that was issued to an EC2 instance was used from a public address that the instance does not use.',
  tactic: 'credential-access',
  techniques: ['T1552.005', 'T1078.004'],
  severity: 'high',
  falsePositives: 'An instance that got a new public address; a proxy in front of some services',
  remediation: ['R-PRES', 'R-ROLE-REVOKE', 'R-EC2-ISO', 'R-EC2-META', 'R-EC2-PROFILE', 'R-IP-BLOCK'],
  source: 'cloudtrail',
  sql: `
    WITH used AS (
      SELECT * FROM calls
      WHERE instance_id IS NOT NULL AND principal_type = 'role' AND NOT is_service AND source_ip IS NOT NULL
    ), places AS (
      SELECT instance_id, source_net, count(*) AS n, count(DISTINCT session_key) AS sessions, count(DISTINCT CAST(event_time AS DATE)) AS days,
        min(event_time) AS first_time, count(DISTINCT ua_family) AS agents
      FROM used GROUP BY ALL
    ), home AS (
      SELECT instance_id, arg_max(source_net, (days, sessions, -epoch(first_time))) AS net, count(*) AS nets FROM places GROUP BY instance_id
    )
    SELECT u.file_id, u.record_no, u.event_id, u.event_time, u.instance_id || '|' || u.source_net AS fold,
      u.principal, u.session_key, u.source_ip, u.account_id, u.instance_id, 'high' AS severity
    FROM used u JOIN home h USING (instance_id) JOIN places p USING (instance_id, source_net)
    WHERE h.nets > 1 AND u.source_net <> h.net AND u.ip_class = 'public' AND p.days <= 3
      AND NOT regexp_matches(coalesce(u.user_agent, ''), 'amazon-ssm-agent|amazon-cloudwatch-agent')`,
});
