-- strands: one root credential from one network with one user-agent family. A stolen key that its owner still uses shows
-- as a second strand. Calls through AWS services belong to the strand of the call that caused them and are left out.
CREATE OR REPLACE TABLE strands AS
WITH flagged AS (
  SELECT e.file_id, e.record_no FROM finding_events e JOIN findings f USING (finding_id)
  WHERE e.source = 'cloudtrail' AND f.severity IN ('medium', 'high', 'critical') AND f.kind <> 'baseline' GROUP BY ALL
), made AS (
  SELECT k.root, c.source_net, c.ua_family, c.principal, c.session_key, c.event_source, c.event_name, c.error_code, c.event_time, c.file_id, c.record_no, c.event_id,
    f.file_id IS NOT NULL AS is_flagged
  FROM calls c JOIN credentials k USING (session_key) LEFT JOIN flagged f ON f.file_id = c.file_id AND f.record_no = c.record_no
  WHERE NOT c.is_service
), totals AS (
  SELECT root, source_net, ua_family, min_by(principal, (event_time, file_id, record_no)) AS principal, min_by(session_key, (event_time, file_id, record_no)) AS session_key,
    count(DISTINCT session_key) AS credentials, min(event_time) AS first_time, max(event_time) AS last_time,
    min_by({'file_id': file_id, 'record_no': record_no, 'event_id': event_id}, (event_time, file_id, record_no)) AS first_record,
    count(*) AS events, count(error_code) AS failures, count(DISTINCT event_source || ':' || event_name) AS apis,
    count(DISTINCT CAST(event_time AS DATE)) AS active_days, min(event_time) FILTER (is_flagged) AS first_flagged, count(*) FILTER (is_flagged) AS flagged
  FROM made GROUP BY root, source_net, ua_family
), benign AS (
  SELECT t.root, t.source_net, t.ua_family, count(DISTINCT CAST(m.event_time AS DATE)) AS days
  FROM totals t JOIN made m ON m.root = t.root AND m.source_net IS NOT DISTINCT FROM t.source_net AND m.ua_family IS NOT DISTINCT FROM t.ua_family
  WHERE t.first_flagged IS NOT NULL AND CAST(m.event_time AS DATE) < CAST(t.first_flagged AS DATE) GROUP BY ALL
)
SELECT concat_ws(' | ', t.root, coalesce(t.source_net, 'no network'), coalesce(t.ua_family, 'no agent')) AS strand,
  t.root, t.source_net, t.ua_family, t.principal, t.session_key, t.credentials, t.first_time, t.last_time,
  t.first_record.file_id AS first_file_id, t.first_record.record_no AS first_record_no, t.first_record.event_id AS first_event_id,
  t.events, t.failures, t.apis, t.active_days, CASE WHEN t.first_flagged IS NULL THEN t.active_days ELSE coalesce(b.days, 0) END AS benign_days, t.first_flagged, t.flagged
FROM totals t LEFT JOIN benign b ON b.root = t.root AND b.source_net IS NOT DISTINCT FROM t.source_net AND b.ua_family IS NOT DISTINCT FROM t.ua_family
