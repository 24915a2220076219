-- The records of one incident as runs: one caller, one action, one outcome, no pause of ten minutes. When there are more
-- than $limit runs, flagged and severe ones are kept; `total` counts all of them.
WITH members AS MATERIALIZED (
  SELECT source, file_id, record_no, event_time, max(sev.rank) AS rank, arg_max(f.tactic, sev.rank) AS tactic
  FROM incident_events ie
  LEFT JOIN findings f USING (finding_id)
  LEFT JOIN (VALUES ('informational', 0), ('low', 1), ('medium', 2), ('high', 3), ('critical', 4)) sev(name, rank) ON sev.name = f.severity
  WHERE incident_id = $incident
  GROUP BY source, file_id, record_no, event_time
), seen AS ( -- only the records named, by a semi join: a left join reads every call and flow record of the case
  SELECT file_id, record_no, coalesce(actor_arn, principal) AS principal, source_ip, error_code, event_source || ' ' || event_name AS action
  FROM calls
  SEMI JOIN (SELECT file_id, record_no FROM members WHERE source = 'cloudtrail') USING (file_id, record_no)
), flown AS (
  SELECT file_id, record_no, srcaddr, action || ' ' || srcaddr || ' to ' || dstaddr || ':' || dstport AS action
  FROM flows
  SEMI JOIN (SELECT file_id, record_no FROM members WHERE source = 'vpc-flow') USING (file_id, record_no)
), told AS (
  SELECT k.event_time AS time, k.source, k.file_id, k.record_no, k.rank, k.tactic,
         c.principal, coalesce(c.source_ip, fl.srcaddr) AS ip, c.error_code AS error,
         coalesce(c.action, p.type, fl.action, k.source) AS action
  FROM members k
  LEFT JOIN seen c ON k.source = 'cloudtrail' AND c.file_id = k.file_id AND c.record_no = k.record_no
  LEFT JOIN provider_findings p ON k.source = 'guardduty' AND p.file_id = k.file_id AND p.record_no = k.record_no
  LEFT JOIN flown fl ON k.source = 'vpc-flow' AND fl.file_id = k.file_id AND fl.record_no = k.record_no
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
