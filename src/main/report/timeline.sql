-- The records of one incident in time order, each once, with the worst finding on it. When there are more than $limit,
-- flagged records are kept first.
WITH members AS (
  SELECT source, file_id, record_no, event_id, event_time, arg_max(f.severity, sev.rank) AS severity, arg_max(f.tactic, sev.rank) AS tactic,
         count(f.finding_id) > 0 AS flagged
  FROM incident_events ie
  LEFT JOIN findings f USING (finding_id)
  LEFT JOIN (VALUES ('informational', 0), ('low', 1), ('medium', 2), ('high', 3), ('critical', 4)) sev(name, rank) ON sev.name = f.severity
  WHERE incident_id = $incident
  GROUP BY source, file_id, record_no, event_id, event_time
), kept AS MATERIALIZED (
  SELECT * FROM members ORDER BY flagged DESC, event_time, source, file_id, record_no LIMIT $limit
), {{told:kept}}
SELECT event_time AS time, source, event_id AS eventId, file_id AS fileId, record_no AS recordNo, principal, ip, action, error, tactic, severity
FROM told
ORDER BY event_time, source, file_id, record_no
