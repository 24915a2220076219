import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-ia-006',
  title: 'Failed console sign-ins followed by a success',
  description: 'Three or more console sign-ins of one user failed and one succeeded within half an hour.',
  tactic: 'initial-access',
  techniques: ['T1078.004', 'T1110.001'],
  severity: 'medium',
  severityReason:
    'This is how guessing ends; people mistype, too. Higher when ten or more failed or the success came without a second factor from elsewhere.',
  falsePositives: 'A mistyped password',
  remediation: ['R-USER-CONSOLE', 'R-USER-DENY', 'R-IP-BLOCK'],
  source: 'cloudtrail',
  sql: `
WITH logins AS (
  SELECT c.file_id, c.record_no, c.event_time, c.account_id, c.source_net, c.mfa,
    coalesce(nullif(e.user_identity_user_name, 'HIDDEN_DUE_TO_SECURITY_REASONS'), e.user_identity_arn, e.user_identity_principal_id) AS who,
    (e.response_elements ->> '$.ConsoleLogin') = 'Success' AS succeeded
  FROM calls c JOIN events e USING (file_id, record_no)
  WHERE c.event_source = 'signin.amazonaws.com' AND c.event_name = 'ConsoleLogin'
), entered AS (
  SELECT s.account_id, s.who, s.event_time AS entered_at, s.file_id, s.record_no, count(*) AS failures,
    bool_or(f.source_net IS DISTINCT FROM s.source_net) AND NOT coalesce(s.mfa, false) AS elsewhere
  FROM logins s JOIN logins f ON f.account_id = s.account_id AND f.who = s.who AND NOT f.succeeded
    AND f.event_time BETWEEN s.event_time - INTERVAL 30 MINUTE AND s.event_time
  WHERE s.succeeded GROUP BY s.account_id, s.who, s.event_time, s.file_id, s.record_no, s.mfa HAVING count(*) >= 3
)
SELECT l.file_id, l.record_no, concat_ws('|', l.account_id, l.who, strftime(l.event_time, '%Y-%m-%d')) AS fold,
  CASE WHEN max(e.failures) >= 10 OR bool_or(e.elsewhere) THEN 'high' ELSE 'medium' END AS severity, NULL AS note
FROM logins l JOIN entered e ON e.account_id = l.account_id AND e.who = l.who AND l.event_time BETWEEN e.entered_at - INTERVAL 30 MINUTE AND e.entered_at
WHERE NOT l.succeeded OR (l.file_id = e.file_id AND l.record_no = e.record_no)
GROUP BY l.file_id, l.record_no, l.account_id, l.who, l.event_time`,
});
