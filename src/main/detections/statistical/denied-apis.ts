import { defineDetector } from './detector';
import { isRefusedSql } from '../refused';

export default defineDetector({
  id: 'ct-denied-apis',
  title: 'Many different APIs denied to one credential',
  description:
    'One credential was refused four or more different APIs, ten or more times, within an hour: somebody tries what it can do.',
  tactic: 'discovery',
  techniques: ['T1526'],
  severity: 'medium',
  severityReason:
    'Programs fail at the same few calls; trying many different ones is what people and scanners do.',
  falsePositives: 'A deployment with missing rights; a security scanner of your own',
  remediation: ['R-KEY-DEACT', 'R-ROLE-REVOKE'],
  source: 'cloudtrail',
  sql: `
WITH denied AS (
  SELECT file_id, record_no, event_time, session_key, source_net, event_name,
    count(*) OVER w AS n, count(DISTINCT event_name) OVER w AS apis
  FROM calls
  WHERE NOT is_service AND principal_type <> 'service' AND ${isRefusedSql('error_code')}
  WINDOW w AS (PARTITION BY session_key, source_net ORDER BY event_time RANGE BETWEEN INTERVAL 60 MINUTE PRECEDING AND CURRENT ROW)
), reached AS (
  SELECT *, bool_or(n >= 10 AND apis >= 4) OVER (PARTITION BY session_key, source_net ORDER BY event_time RANGE BETWEEN CURRENT ROW AND INTERVAL 60 MINUTE FOLLOWING) AS fires FROM denied
)
SELECT file_id, record_no, NULL AS fold, NULL AS severity, NULL AS note FROM reached WHERE fires`,
});
