-- Forward-access sessions: keys that only AWS services used on behalf of a principal. The parent is the credential of the
-- principal's nearest earlier call to that service within 10 s, else of its nearest earlier call at all within 10 s, else
-- of its latest call within 12 h (a service that works on for a while).
INSERT INTO found_edges
WITH forwarded AS (
  SELECT session_key, actor_arn, invoked_by, greatest(first_time, coalesce(created, first_time)) + INTERVAL 2 SECOND AS until_time
  FROM sessions s
  WHERE direct = 0 AND actor_arn IS NOT NULL AND principal_type <> 'service' AND NOT contains(principal, '/aws-service-role/')
    AND NOT EXISTS (FROM found_edges f WHERE f.child = s.session_key AND f.kind <> 'created-key')
), own_calls AS (
  SELECT actor_arn, event_source, event_time, session_key, file_id, record_no, event_id, event_name
  FROM calls WHERE NOT is_service AND actor_arn IN (SELECT actor_arn FROM forwarded)
), by_service AS (
  SELECT f.session_key AS child, f.until_time, c.* FROM forwarded f
  ASOF JOIN own_calls c ON c.actor_arn = f.actor_arn AND c.event_source = f.invoked_by AND f.until_time >= c.event_time
  WHERE f.until_time - c.event_time <= INTERVAL 12 SECOND
), by_principal AS (
  SELECT f.session_key AS child, f.until_time, c.* FROM forwarded f
  ASOF JOIN own_calls c ON c.actor_arn = f.actor_arn AND f.until_time >= c.event_time
  WHERE f.until_time - c.event_time <= INTERVAL 12 HOUR
), chosen AS (
  SELECT *, 1 AS rank FROM by_service UNION ALL SELECT *, 2 FROM by_principal
)
SELECT session_key, child, 'forwarded', file_id, record_no, event_id, event_time,
  CASE WHEN rank = 1 OR until_time - event_time <= INTERVAL 12 SECOND THEN event_name || ' at ' || event_source ELSE 'latest call of the principal' END, 4
FROM chosen WHERE session_key <> child
QUALIFY row_number() OVER (PARTITION BY child ORDER BY rank) = 1;
