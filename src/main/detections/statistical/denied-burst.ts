import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-denied-burst',
  title: 'Burst of denied calls by one credential',
  description: 'At least 10 calls of 4 or more different APIs were denied to one credential from one address within an hour.',
  tactic: 'discovery',
  techniques: ['T1526'],
  severity: 'medium',
  falsePositives: 'A deployment with missing rights; a scanner of the own security team',
  remediation: ['R-PRES', 'R-ROLE-REVOKE'],
  source: 'cloudtrail',
  sql: `
    WITH denied AS (
      SELECT * FROM calls
      WHERE NOT is_service AND source_ip IS NOT NULL AND regexp_matches(coalesce(error_code, ''), 'AccessDenied|Unauthorized|Forbidden')
    ), counted AS (
      SELECT *, date_trunc('hour', event_time) AS hour, count(*) OVER w AS n, count(DISTINCT event_name) OVER w AS apis
      FROM denied WINDOW w AS (PARTITION BY session_key, source_ip ORDER BY event_time RANGE BETWEEN INTERVAL 60 MINUTE PRECEDING AND INTERVAL 60 MINUTE FOLLOWING)
    )
    SELECT file_id, record_no, event_id, event_time, session_key || '|' || source_ip || '|' || strftime(event_time, '%Y-%m-%d') AS fold,
      principal, session_key, source_ip, account_id, instance_id, 'medium' AS severity
    FROM counted WHERE n >= 10 AND apis >= 4`,
});
