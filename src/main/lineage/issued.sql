-- Credentials with the call that handed them out: by the key in its response, else by the session's ARN and its date.
CREATE OR REPLACE TEMP TABLE found_edges AS
SELECT h.parent, coalesce(k.session_key, h.issued_key) AS child,
  CASE WHEN h.event_name = 'CreateAccessKey' THEN 'created-key' WHEN h.crosses THEN 'cross-account' ELSE 'issued' END AS kind,
  h.file_id, h.record_no, h.event_id, h.event_time, concat_ws(' ', h.event_name, h.target_role) AS detail, 1 AS priority
FROM handouts h LEFT JOIN key_sessions k ON k.access_key_id = h.issued_key
WHERE h.issued_key IS NOT NULL;

INSERT INTO found_edges
WITH orphans AS (
  SELECT session_key, actor_arn, created, first_time FROM sessions s
  WHERE principal_type IN ('role', 'federatedUser') AND actor_arn LIKE 'arn:%'
    AND NOT EXISTS (FROM found_edges f WHERE f.child = s.session_key AND f.kind <> 'created-key')
), candidates AS (
  SELECT o.session_key, h.*,
    CASE WHEN o.created IS NULL THEN epoch(o.first_time) - epoch(h.event_time) ELSE abs(epoch(o.created) - epoch(h.event_time)) END AS gap
  FROM orphans o JOIN handouts h ON h.arn = o.actor_arn
  WHERE h.parent <> o.session_key AND CASE WHEN o.created IS NULL THEN h.event_time <= o.first_time ELSE abs(epoch(o.created) - epoch(h.event_time)) <= 2 END
)
SELECT parent, session_key, CASE WHEN crosses THEN 'cross-account' ELSE 'issued' END, file_id, record_no, event_id, event_time,
  concat_ws(' ', event_name, target_role), 2
FROM candidates QUALIFY row_number() OVER (PARTITION BY session_key ORDER BY gap, file_id, record_no) = 1;

-- The target account's records name a foreign caller by an id only; it is a credential of its own here, whose origin is the
-- credential that made most of the same calls by the caller's own records.
INSERT INTO found_edges
WITH foreign_calls AS (
  SELECT session_key, shared_event_id FROM calls WHERE identity_type = 'AWSAccount' AND shared_event_id IS NOT NULL
), pairs AS (
  SELECT f.session_key AS child, c.session_key AS parent, c.file_id, c.record_no, c.event_id, c.event_time, concat_ws(' ', c.event_name, c.target_role) AS detail
  FROM foreign_calls f JOIN calls c ON c.shared_event_id = f.shared_event_id AND c.identity_type IS DISTINCT FROM 'AWSAccount' AND c.session_key <> f.session_key
), counted AS (
  SELECT *, count(*) OVER (PARTITION BY child, parent) AS n FROM pairs
)
SELECT parent, child, 'cross-account', file_id, record_no, event_id, event_time, detail, 5
FROM counted QUALIFY row_number() OVER (PARTITION BY child ORDER BY n DESC, event_time, file_id, record_no) = 1;
