-- The chain from one credential or principal, nearest first; $up: towards its origin, else what came out of it. A step
-- back must not be later, a step forward not earlier, than the step before (2 s for dates without fractions).
-- Forwarded sessions count as their parent, so they are no step down.
WITH RECURSIVE start AS (
  SELECT $id AS credential
  UNION SELECT session_key FROM credentials WHERE principal = $id OR actor_arn = $id
  UNION SELECT session_key FROM calls WHERE access_key_id = $id
), edges AS (
  SELECT CASE WHEN $up THEN child ELSE parent END AS near, CASE WHEN $up THEN parent ELSE child END AS far,
    kind, detail, event_time, file_id, record_no, event_id
  FROM lineage_edges WHERE $up OR kind <> 'forwarded'
), chain(credential, near, kind, via, time, depth, file_id, record_no, event_id) AS (
  SELECT far, '', kind, detail, event_time, 1, file_id, record_no, event_id
  FROM edges WHERE near IN (SELECT credential FROM start) AND far NOT IN (SELECT credential FROM start)
  UNION
  SELECT e.far, c.credential, e.kind, e.detail, e.event_time, c.depth + 1, e.file_id, e.record_no, e.event_id
  FROM chain c JOIN edges e ON e.near = c.credential
  WHERE c.depth < 16 AND CASE WHEN $up THEN e.event_time <= c.time + INTERVAL 2 SECOND ELSE e.event_time >= c.time - INTERVAL 2 SECOND END
), first_steps AS (
  SELECT * FROM chain QUALIFY row_number() OVER (PARTITION BY credential, kind, via ORDER BY depth, time, file_id, record_no, near) = 1
)
SELECT f.credential, f.near, coalesce(k.principal, '') AS principal, f.kind, f.via, f.time, f.depth, f.file_id AS "fileId", f.record_no AS "recordNo", f.event_id AS "eventId"
FROM first_steps f LEFT JOIN credentials k ON k.session_key = f.credential
ORDER BY f.depth, f.time, f.credential, f.kind LIMIT CAST($limit AS BIGINT)
