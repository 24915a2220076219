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
), kept AS (
  SELECT * FROM members ORDER BY flagged DESC, event_time, source, file_id, record_no LIMIT $limit
)
SELECT k.event_time AS time, k.source, k.event_id AS eventId, k.file_id AS fileId, k.record_no AS recordNo,
       coalesce(c.actor_arn, c.principal) AS principal,
       coalesce(c.source_ip, fl.srcaddr) AS ip,
       coalesce(c.event_source || ' ' || c.event_name, p.type,
                fl.action || ' ' || fl.srcaddr || ' to ' || fl.dstaddr || ':' || fl.dstport, k.source) AS action,
       c.error_code AS error, k.tactic, k.severity
FROM kept k
LEFT JOIN calls c ON k.source = 'cloudtrail' AND c.file_id = k.file_id AND c.record_no = k.record_no
LEFT JOIN provider_findings p ON k.source = 'guardduty' AND p.file_id = k.file_id AND p.record_no = k.record_no
LEFT JOIN flows fl ON k.source = 'vpc-flow' AND fl.file_id = k.file_id AND fl.record_no = k.record_no
ORDER BY k.event_time, k.source, k.file_id, k.record_no
