CREATE OR REPLACE TABLE lineage_edges AS
-- a response that holds a key: its caller is the parent of that key
SELECT session_key AS parent, issued_key AS child,
  CASE WHEN event_name = 'CreateAccessKey' THEN 'created-key' ELSE 'issued' END AS kind,
  file_id, record_no, event_id, event_time, event_name || coalesce(' ' || target_role, '') AS detail
FROM calls WHERE issued_key IS NOT NULL AND principal_type <> 'service' AND identity_type <> 'AWSAccount' AND issued_key <> session_key
UNION ALL
-- the same call in two accounts: the caller's own record names the credential, the other one only the account
SELECT a.session_key, b.issued_key, 'cross-account', a.file_id, a.record_no, a.event_id, a.event_time, a.event_name || coalesce(' ' || a.target_role, '')
FROM calls a JOIN calls b ON a.shared_event_id = b.shared_event_id AND a.account_id <> b.account_id
WHERE a.identity_type <> 'AWSAccount' AND b.issued_key IS NOT NULL AND a.issued_key IS NULL
UNION ALL
-- an instance role session is issued to the instance by the service
SELECT 'instance:' || (e.request_parameters ->> '$.roleSessionName'), c.issued_key, 'instance', c.file_id, c.record_no, c.event_id, c.event_time, 'AssumeRole ' || c.target_role
FROM calls c JOIN events e USING (file_id, record_no)
WHERE c.principal_type = 'service' AND c.issued_key IS NOT NULL AND (e.request_parameters ->> '$.roleSessionName') LIKE 'i-%'
UNION ALL
-- a console sign-in is the parent of the session whose creation date is its time
SELECT l.session_key, s.session_key, 'console', l.file_id, l.record_no, l.event_id, l.event_time, 'ConsoleLogin'
FROM (SELECT DISTINCT session_key, actor_arn, session_created FROM calls WHERE contains(session_key, '|')) s
JOIN calls l ON l.event_name = 'ConsoleLogin' AND l.actor_arn = s.actor_arn AND l.error_code IS NULL
  AND abs(epoch(l.event_time) - epoch(s.session_created)) <= 2 AND l.session_key <> s.session_key
