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
), seen AS ( -- only the records named, by a semi join: a left join reads every call and flow record of the case
  SELECT file_id, record_no, coalesce(actor_arn, principal) AS principal, source_ip, error_code, event_source || ' ' || event_name AS action
  FROM calls
  SEMI JOIN (SELECT file_id, record_no FROM kept WHERE source = 'cloudtrail') USING (file_id, record_no)
), flown AS (
  SELECT file_id, record_no, srcaddr, action || ' ' || srcaddr || ' to ' || dstaddr || ':' || dstport AS action
  FROM flows
  SEMI JOIN (SELECT file_id, record_no FROM kept WHERE source = 'vpc-flow') USING (file_id, record_no)
)
SELECT k.event_time AS time, k.source, k.event_id AS eventId, k.file_id AS fileId, k.record_no AS recordNo,
       c.principal,
       coalesce(c.source_ip, fl.srcaddr) AS ip,
       coalesce(c.action, p.type, fl.action, k.source) AS action,
       c.error_code AS error, k.tactic, k.severity
FROM kept k
LEFT JOIN seen c ON k.source = 'cloudtrail' AND c.file_id = k.file_id AND c.record_no = k.record_no
LEFT JOIN provider_findings p ON k.source = 'guardduty' AND p.file_id = k.file_id AND p.record_no = k.record_no
LEFT JOIN flown fl ON k.source = 'vpc-flow' AND fl.file_id = k.file_id AND fl.record_no = k.record_no
ORDER BY k.event_time, k.source, k.file_id, k.record_no
