-- The records of one incident as runs: one caller, one action, one outcome, no pause of ten minutes. When there are more
-- than $limit runs, flagged and severe ones are kept; `total` counts all of them.
WITH members AS MATERIALIZED (
  SELECT source, file_id, record_no, event_time, max(sev.rank) AS rank, arg_max(f.tactic, sev.rank) AS tactic
  FROM incident_events ie
  LEFT JOIN findings f USING (finding_id)
  LEFT JOIN (VALUES ('informational', 0), ('low', 1), ('medium', 2), ('high', 3), ('critical', 4)) sev(name, rank) ON sev.name = f.severity
  WHERE incident_id = $incident
  GROUP BY source, file_id, record_no, event_time
), {{told:members}}, marked AS (
  SELECT *, coalesce(event_time - lag(event_time) OVER alike > INTERVAL 10 MINUTE, true) AS starts
  FROM told
  WINDOW alike AS (PARTITION BY source, action, principal, ip, error, rank, tactic ORDER BY event_time, file_id, record_no)
), runs AS (
  SELECT *, sum(CAST(starts AS INTEGER)) OVER (
    PARTITION BY source, action, principal, ip, error, rank, tactic ORDER BY event_time, file_id, record_no) AS run
  FROM marked
), folded AS (
  SELECT min(event_time) AS time, max(event_time) AS last, count(*) AS records, source, action, principal, ip, error, tactic, rank,
         arg_min(file_id, (event_time, file_id, record_no)) AS file_id, arg_min(record_no, (event_time, file_id, record_no)) AS record_no
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
