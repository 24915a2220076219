-- Adds to incident $id the calls that are hostile by who made them ($hostile: strands, and hands within a time, as
-- collect-events.ts chooses them), and those from addresses that are its intruder's alone, unless it holds them already.
INSERT INTO incident_events
WITH hostile AS (
  SELECT unnest(from_json(CAST($hostile AS JSON), '[{"strand": "VARCHAR", "root": "VARCHAR", "net": "VARCHAR", "from": "VARCHAR", "to": "VARCHAR"}]'), recursive := true)
), made AS (
  SELECT file_id, record_no, event_id, event_time, strand FROM strand_calls WHERE strand IN (SELECT strand FROM hostile)
  UNION
  SELECT s.file_id, s.record_no, s.event_id, s.event_time, s.strand FROM strand_calls s JOIN hostile h
    ON h.root = s.root AND h.net = s.source_net AND s.event_time BETWEEN CAST(h."from" AS TIMESTAMP) AND CAST(h."to" AS TIMESTAMP)
  UNION
  SELECT file_id, record_no, event_id, event_time, strand FROM strand_calls WHERE source_ip IN (SELECT source_ip FROM hostile_addresses WHERE incident_id = $id)
)
SELECT $id, 'cloudtrail', m.file_id, m.record_no, m.event_id, m.event_time, NULL, m.strand
FROM made m ANTI JOIN (SELECT file_id, record_no FROM incident_events WHERE incident_id = $id) i USING (file_id, record_no)
