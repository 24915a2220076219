-- Console sessions: their keys carry the date of the sign-in (measured: within 2 s). A password is named by its user's
-- ARN; a sign-in token ties a session's key to the console; a switch of role continues the session it left.
INSERT INTO found_edges
WITH sign_ins AS (
  SELECT c.file_id, c.record_no, c.event_id, c.event_time, c.event_name, c.session_key, c.actor_arn, c.principal,
    e.additional_event_data ->> '$.SwitchFrom' AS switched_from
  FROM (SELECT * FROM events WHERE event_name IN ('ConsoleLogin', 'SwitchRole', 'GetSigninToken')) e
  JOIN calls c USING (file_id, record_no) WHERE c.error_code IS NULL
), left_sessions AS (
  SELECT i.file_id, i.record_no, arg_max(s.session_key, (s.first_time, s.session_key)) AS session_key
  FROM sign_ins i JOIN sessions s ON s.actor_arn = i.switched_from AND s.first_time <= i.event_time
  WHERE i.event_name = 'SwitchRole' AND s.direct > 0 GROUP BY ALL
), parents AS (
  SELECT i.*, CASE WHEN i.event_name = 'SwitchRole' THEN coalesce(l.session_key, i.switched_from) ELSE i.session_key END AS parent
  FROM sign_ins i LEFT JOIN left_sessions l USING (file_id, record_no)
)
SELECT p.parent, s.session_key, 'console', p.file_id, p.record_no, p.event_id, p.event_time, p.event_name, 3
FROM sessions s JOIN parents p ON p.actor_arn = s.actor_arn OR (p.actor_arn IS NULL AND p.principal = s.principal)
WHERE s.created IS NOT NULL AND abs(epoch(s.created) - epoch(p.event_time)) <= 2 AND p.parent <> s.session_key
  AND NOT EXISTS (FROM found_edges f WHERE f.child = s.session_key AND f.kind <> 'created-key')
QUALIFY row_number() OVER (PARTITION BY s.session_key ORDER BY abs(epoch(s.created) - epoch(p.event_time)), p.event_name, p.file_id, p.record_no) = 1;
