import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-ca-003',
  title: 'One temporary credential used from two places at once',
  description:
    'One temporary credential was used from two public networks far apart in address, and from the first one again within an hour.',
  tactic: 'lateral-movement',
  techniques: ['T1550.001'],
  severity: 'medium',
  severityReason:
    'A session belongs to one client; two at once mean that somebody else has it, or a client with two ways out.',
  falsePositives: 'A client that leaves through several gateways or a VPN with changing exits',
  remediation: ['R-ROLE-REVOKE', 'R-USER-SESS'],
  source: 'cloudtrail',
  sql: `
WITH used AS (
  SELECT file_id, record_no, event_time, session_key, principal, source_net, array_to_string(string_split(source_net, '.')[1:2], '.') AS wide
  FROM calls WHERE access_key_id LIKE 'ASIA%' AND NOT is_service AND ip_class = 'public' AND instance_id IS NULL AND NOT contains(source_net, ':')
), turns AS (
  SELECT *, lag(wide) OVER w AS before, lag(event_time) OVER w AS before_at, lead(wide) OVER w AS after, lead(event_time) OVER w AS after_at
  FROM (SELECT *, row_number() OVER (PARTITION BY session_key ORDER BY event_time, record_no) AS i, lag(wide) OVER (PARTITION BY session_key ORDER BY event_time, record_no) AS last_wide FROM used)
  WHERE last_wide IS DISTINCT FROM wide
  WINDOW w AS (PARTITION BY session_key ORDER BY event_time, record_no)
), returns AS (
  SELECT session_key, wide AS visitor, before AS home, min(before_at) AS from_time, max(after_at) AS to_time
  FROM turns WHERE before = after AND before <> wide AND after_at - before_at <= INTERVAL 60 MINUTE GROUP BY ALL
), gateways AS (
  -- a principal that changes networks all the time has several ways out
  SELECT principal FROM used GROUP BY principal HAVING count(DISTINCT wide) > 4
)
SELECT u.file_id, u.record_no, u.session_key || '|' || r.visitor AS fold, NULL AS severity,
  'Session ' || u.session_key || ' was used from ' || r.home || '.* and from ' || r.visitor || '.* in turns between ' || strftime(r.from_time, '%Y-%m-%d %H:%M') || ' and ' || strftime(r.to_time, '%H:%M') || ' UTC.' AS note
FROM used u JOIN returns r ON r.session_key = u.session_key AND u.wide = r.visitor
WHERE u.principal NOT IN (SELECT principal FROM gateways)`,
});
