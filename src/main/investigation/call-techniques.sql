-- What the intruder's own calls of incident $id are: service and name. Not those of hands at home, unless their strand is
-- hostile; refused ones only where asking is the technique.
SELECT DISTINCT split_part(s.event_source, '.', 1) AS service, s.event_name AS name
FROM incident_events i JOIN strand_calls s USING (file_id, record_no) LEFT JOIN hands h ON h.root = s.root AND h.net = s.source_net
WHERE i.incident_id = $id AND i.source = 'cloudtrail' AND (i.strand IS NOT NULL OR h.standing <> 'home')
  AND (s.error_code IS NULL OR regexp_matches(s.event_name, '^(Describe|List|Get|Head)'))
ORDER BY ALL
