import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-de-020',
  title: 'Own traces removed in IAM',
  description:
    'A user, role, key, password or policy was deleted by the same principal that had made it within the week before.',
  tactic: 'stealth',
  techniques: ['T1070'],
  severity: 'medium',
  severityReason:
    'Back doors are taken away again when they are no longer needed; tests and deployments clean up, too.',
  falsePositives: 'Test automation, such as terraform destroy',
  remediation: ['R-PRES'],
  source: 'cloudtrail',
  sql: `
WITH changes AS (
  SELECT c.file_id, c.record_no, c.event_time, c.account_id, c.principal, c.event_name, c.ua_family,
    CASE WHEN c.event_name IN ('CreateUser', 'DeleteUser') THEN 'user' WHEN c.event_name IN ('CreateRole', 'DeleteRole') THEN 'role'
      WHEN c.event_name IN ('CreateAccessKey', 'DeleteAccessKey') THEN 'key' WHEN c.event_name IN ('CreateLoginProfile', 'DeleteLoginProfile') THEN 'password'
      WHEN c.event_name IN ('AttachUserPolicy', 'DetachUserPolicy', 'AttachRolePolicy', 'DetachRolePolicy') THEN 'attached' ELSE 'inline' END AS thing,
    regexp_matches(c.event_name, '^(Create|Attach|Put)') AS makes,
    concat_ws('|', e.request_parameters ->> '$.userName', e.request_parameters ->> '$.roleName', e.request_parameters ->> '$.policyArn', e.request_parameters ->> '$.policyName',
      CASE WHEN c.event_name = 'DeleteAccessKey' THEN e.request_parameters ->> '$.accessKeyId' WHEN c.event_name = 'CreateAccessKey' THEN c.issued_key END) AS object
  FROM calls c JOIN events e USING (file_id, record_no)
  WHERE c.event_source = 'iam.amazonaws.com' AND c.error_code IS NULL AND NOT c.is_service
    AND c.event_name IN ('CreateUser', 'DeleteUser', 'CreateRole', 'DeleteRole', 'CreateAccessKey', 'DeleteAccessKey', 'CreateLoginProfile', 'DeleteLoginProfile', 'AttachUserPolicy', 'DetachUserPolicy',
      'AttachRolePolicy', 'DetachRolePolicy', 'PutUserPolicy', 'DeleteUserPolicy', 'PutRolePolicy', 'DeleteRolePolicy')
)
SELECT DISTINCT d.file_id, d.record_no, d.principal || '|' || coalesce(d.ua_family, '') AS fold, CASE WHEN regexp_matches(d.ua_family, '^(terraform|opentofu|pulumi|cloudformation|ansible)') THEN 'informational' END AS severity, NULL AS note
FROM changes d JOIN changes m ON m.makes AND NOT d.makes AND m.thing = d.thing AND m.account_id = d.account_id AND m.principal = d.principal AND m.object = d.object
  AND d.event_time BETWEEN m.event_time AND m.event_time + INTERVAL 7 DAY`,
});
