-- The intruder's own calls of incident $id by service and name, with their first record. Not those of hands at home, unless
-- their strand is hostile; refused ones only where asking is the technique.
SELECT split_part(s.event_source, '.', 1) AS service, s.event_name AS name, count(*) AS calls,
  count(*) FILTER (s.error_code IS NOT NULL) AS failed, min(s.event_time) AS first,
  arg_min({'source': 'cloudtrail', 'fileId': s.file_id, 'recordNo': s.record_no, 'eventId': s.event_id}, (s.event_time, s.file_id, s.record_no)) AS place
FROM (SELECT DISTINCT file_id, record_no, bool_or(strand IS NOT NULL) OVER (PARTITION BY file_id, record_no) AS hostile FROM incident_events WHERE incident_id = $id AND source = 'cloudtrail') i
JOIN strand_calls s USING (file_id, record_no) LEFT JOIN hands h ON h.root = s.root AND h.net = s.source_net
WHERE (i.hostile OR h.standing <> 'home') AND (s.error_code IS NULL OR regexp_matches(s.event_name, '^(Describe|List|Get|Head)'))
GROUP BY ALL ORDER BY first, service, name
