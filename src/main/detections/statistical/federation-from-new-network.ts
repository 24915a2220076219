import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-ia-014',
  title: 'Federated sign-in from a new network operator',
  description:
    'A subject of an identity provider (SAML or OpenID Connect) with five or more days of history took a role from a network operator it had not come from before.',
  tactic: 'initial-access',
  techniques: ['T1078.004'],
  severity: 'low',
  severityReason: 'A stolen assertion or token looks like this, and so does a colleague on the move.',
  falsePositives: 'Remote staff on the move; a new pool of build runners',
  remediation: ['R-ROLE-REVOKE', 'R-FED'],
  source: 'cloudtrail',
  sql: `
WITH taken AS (
  SELECT c.file_id, c.record_no, c.event_time, c.account_id, coalesce(e.user_identity_user_name, e.user_identity_principal_id) AS subject, p.asn
  FROM calls c JOIN events e USING (file_id, record_no) JOIN address_places p ON p.address = c.source_ip
  WHERE c.event_source = 'sts.amazonaws.com' AND c.event_name IN ('AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity') AND c.error_code IS NULL AND p.asn IS NOT NULL
), firsts AS (
  SELECT subject, asn, min(event_time) AS first_time FROM taken GROUP BY ALL
), fresh AS (
  SELECT f.*, count(DISTINCT CAST(t.event_time AS DATE)) AS days, count(DISTINCT t.asn) AS operators
  FROM firsts f JOIN taken t ON t.subject = f.subject AND t.event_time < f.first_time GROUP BY ALL
)
SELECT t.file_id, t.record_no, concat_ws('|', t.account_id, t.subject, t.asn) AS fold, NULL AS severity, NULL AS note
FROM taken t JOIN fresh f ON f.subject = t.subject AND f.asn = t.asn
WHERE f.days >= 5 AND f.operators <= 3 AND t.event_time < f.first_time + INTERVAL 1 DAY`,
});
