import { defineDetector } from './detector';

export default defineDetector({
  id: 'ek-level',
  title: 'Audit level leaves rules without evidence',
  description:
    'The audit log of the cluster holds changes without their request bodies. Rules about privileged pods, host paths, capabilities, role bindings and wildcard roles cannot be evaluated on them: their silence means nothing.',
  tactic: 'defense-impairment',
  techniques: ['T1685.002'],
  severity: 'informational',
  severityReason: 'A gap in the evidence, not an event.',
  falsePositives: 'The audit policy of the cluster is set to metadata',
  remediation: ['R-EKS-LOG'],
  source: 'k8s-audit',
  sql: `
WITH changes AS (
  SELECT * FROM k8s_audit WHERE verb IN ('create', 'update', 'patch') AND stage IS DISTINCT FROM 'RequestReceived' AND decision IS DISTINCT FROM 'forbid'
    AND object_resource IN ('pods', 'deployments', 'daemonsets', 'statefulsets', 'jobs', 'cronjobs', 'roles', 'clusterroles', 'rolebindings', 'clusterrolebindings', 'services') AND object_subresource IS NULL
), gaps AS (
  SELECT coalesce(cluster, '') AS name, count(*) AS n, count(*) FILTER (request_object IS NULL) AS without FROM changes GROUP BY ALL
)
SELECT c.file_id, c.record_no, g.name AS fold, NULL AS severity, g.without || ' of ' || g.n || ' changes to workloads and roles' || CASE WHEN g.name = '' THEN '' ELSE ' of ' || g.name END || ' have no request body.' AS note,
  NULL AS address, 'cluster' AS target_type, nullif(g.name, '') AS target_id, c.event_time, c.account_id
FROM gaps g JOIN changes c ON coalesce(c.cluster, '') = g.name AND c.request_object IS NULL
WHERE g.without >= 0.1 * g.n QUALIFY row_number() OVER (PARTITION BY g.name ORDER BY c.event_time, c.file_id, c.record_no) <= 20`,
});
