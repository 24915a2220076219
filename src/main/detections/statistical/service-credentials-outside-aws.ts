import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-ca-014',
  title: 'Credentials of a function or container used from outside AWS',
  description:
    'A session of a role that a compute service takes for functions, containers or jobs made calls from a public network that is not AWS.',
  tactic: 'credential-access',
  techniques: ['T1552.005', 'T1078.004'],
  severity: 'high',
  severityReason: 'Such credentials exist only inside the function or container, and that runs in AWS.',
  falsePositives:
    'Traffic that leaves through a proxy on the premises: then most calls of the role do; a role that people take, too',
  remediation: ['R-PRES', 'R-ROLE-REVOKE', 'R-IP-BLOCK'],
  source: 'cloudtrail',
  hand: 'misplaced',
  sql: `
WITH handed AS (
  SELECT DISTINCT target_role FROM calls
  WHERE event_name = 'AssumeRole' AND target_role IS NOT NULL AND regexp_matches(coalesce(invoked_by, principal),
    '^(lambda|edgelambda|ecs-tasks|batch|codebuild|glue|sagemaker|states|tasks\\.apprunner|pods\\.eks|emr-serverless|airflow|airflow-env)\\.amazonaws\\.com$')
), taken AS (
  -- sessions of such a role that somebody else than a service took
  SELECT DISTINCT issued_key FROM calls WHERE issued_key IS NOT NULL AND principal_type <> 'service' AND target_role IN (SELECT target_role FROM handed)
), used AS (
  SELECT c.file_id, c.record_no, c.event_time, c.principal, c.source_net, p.network_kind, p.asn
  FROM calls c JOIN handed h ON h.target_role = c.principal JOIN address_places p ON p.address = c.source_ip
  WHERE c.access_key_id LIKE 'ASIA%' AND NOT c.is_service AND c.access_key_id NOT IN (SELECT issued_key FROM taken)
), ways AS (
  -- the networks by which a role usually reaches AWS: a tenth of its calls or more, on three days or more
  SELECT principal, source_net FROM (SELECT principal, source_net, count(*) AS n, count(DISTINCT CAST(event_time AS DATE)) AS days FROM used GROUP BY ALL)
  WHERE days >= 3 QUALIFY n >= 0.1 * sum(n) OVER (PARTITION BY principal)
)
SELECT file_id, record_no, NULL AS fold, NULL AS severity, NULL AS note
FROM used u WHERE asn IS NOT NULL AND network_kind IS DISTINCT FROM 'aws'
  AND NOT EXISTS (FROM ways w WHERE w.principal = u.principal AND w.source_net = u.source_net)`,
});
