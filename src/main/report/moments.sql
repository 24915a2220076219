-- The records of one incident as runs: one caller, one action, one outcome, no pause of ten minutes. When there are more
-- than $limit runs, flagged and severe ones are kept; `total` counts all of them.
WITH members AS (
  SELECT source, file_id, record_no, event_time, max(sev.rank) AS rank, arg_max(f.tactic, sev.rank) AS tactic
  FROM incident_events ie
  LEFT JOIN findings f USING (finding_id)
  LEFT JOIN (VALUES ('informational', 0), ('low', 1), ('medium', 2), ('high', 3), ('critical', 4)) sev(name, rank) ON sev.name = f.severity
  WHERE incident_id = $incident
  GROUP BY source, file_id, record_no, event_time
), told AS (
  SELECT k.event_time AS time, k.source, k.file_id, k.record_no, k.rank, k.tactic,
         coalesce(c.actor_arn, c.principal) AS principal, coalesce(c.source_ip, fl.srcaddr) AS ip, c.error_code AS error,
         coalesce(c.event_source || ' ' || c.event_name, p.type,
                  fl.action || ' ' || fl.srcaddr || ' to ' || fl.dstaddr || ':' || fl.dstport, k.source) AS action
  FROM members k
  LEFT JOIN calls c ON k.source = 'cloudtrail' AND c.file_id = k.file_id AND c.record_no = k.record_no
  LEFT JOIN provider_findings p ON k.source = 'guardduty' AND p.file_id = k.file_id AND p.record_no = k.record_no
  LEFT JOIN flows fl ON k.source = 'vpc-flow' AND fl.file_id = k.file_id AND fl.record_no = k.record_no
), marked AS (
  SELECT *, coalesce(time - lag(time) OVER alike > INTERVAL 10 MINUTE, true) AS starts
  FROM told
  WINDOW alike AS (PARTITION BY source, action, principal, ip, error, rank, tactic ORDER BY time, file_id, record_no)
), runs AS (
  SELECT *, sum(CAST(starts AS INTEGER)) OVER (
    PARTITION BY source, action, principal, ip, error, rank, tactic ORDER BY time, file_id, record_no) AS run
  FROM marked
), folded AS (
  SELECT min(time) AS time, max(time) AS last, count(*) AS records, source, action, principal, ip, error, tactic, rank,
         arg_min(file_id, (time, file_id, record_no)) AS file_id, arg_min(record_no, (time, file_id, record_no)) AS record_no
  FROM runs
  GROUP BY source, action, principal, ip, error, tactic, rank, run
), kept AS (
  SELECT *, count(*) OVER () AS total
  FROM folded
  ORDER BY rank DESC NULLS LAST, time, source, file_id, record_no
  LIMIT $limit
)
SELECT time, last, records, source, file_id AS "fileId", record_no AS "recordNo", principal, ip, action, error, tactic,
       ['informational', 'low', 'medium', 'high', 'critical'][rank + 1] AS severity, total
FROM kept
ORDER BY time, source, file_id, record_no
