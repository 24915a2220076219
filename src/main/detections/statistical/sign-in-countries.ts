import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-ia-017',
  title: 'Console sign-ins of one user from several countries in a day',
  description: 'One IAM user signed in to the console from two or more countries within 24 hours.',
  tactic: 'initial-access',
  techniques: ['T1078.004'],
  severity: 'low',
  severityReason:
    'Hardly anybody signs in from two countries in a day; medium within two hours, unless one is a VPN or cloud exit.',
  falsePositives: 'VPN users; a journey across a border',
  remediation: ['R-USER-CONSOLE', 'R-USER-MFA'],
  source: 'cloudtrail',
  sql: `
WITH logins AS (
  SELECT c.file_id, c.record_no, c.event_time, c.principal, p.country, p.network_kind
  FROM calls c JOIN address_places p ON p.address = c.source_ip
  WHERE c.event_source = 'signin.amazonaws.com' AND c.event_name = 'ConsoleLogin' AND c.error_code IS NULL AND c.principal_type = 'user' AND p.country IS NOT NULL
), known AS (
  SELECT principal, country, count(DISTINCT CAST(event_time AS DATE)) AS days FROM logins GROUP BY ALL
), pairs AS (
  SELECT a.*, b.country AS other, b.network_kind AS other_kind, b.file_id AS other_file, b.record_no AS other_record, b.event_time > a.event_time - INTERVAL 2 HOUR AS near, concat_ws('|', a.principal, strftime(a.event_time, '%Y-%m-%d')) AS fold
  FROM logins a JOIN logins b ON a.principal = b.principal AND a.country <> b.country AND b.event_time BETWEEN a.event_time - INTERVAL 24 HOUR AND a.event_time
  JOIN known k ON k.principal = a.principal AND k.country = a.country JOIN known l ON l.principal = b.principal AND l.country = b.country
  WHERE least(k.days, l.days) < 3
), told AS (
  SELECT *, 'Signed in from ' || other || ' and from ' || country || ' within 24 hours.' AS text, CASE WHEN near AND network_kind IS NULL AND other_kind IS NULL THEN 'medium' END AS severity FROM pairs
)
SELECT file_id, record_no, fold, severity, min(text) OVER (PARTITION BY fold) AS note FROM told
UNION SELECT other_file, other_record, fold, severity, min(text) OVER (PARTITION BY fold) FROM told`,
});
