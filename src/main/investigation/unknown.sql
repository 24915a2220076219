-- What the logs of the case cannot say about incident $id: one row a question, the graver first. kind:
--   blind: a log switched off, cut or missing within the incident, or a day before (coverage_gaps);
--   account: a role taken in an account of which the case holds no call;
--   no-history: the incident begins within a day of the first record of its accounts' trail;
--   objects: buckets asked about or read, without a record of any object in that account;
--   network: instances in it, and no flow log of that account;
--   cluster: a Kubernetes cluster acted on, and no audit log of it.
-- place: a record that shows why it is asked, by source, file and number; NULL without one.
WITH own AS (
  SELECT DISTINCT source, file_id, record_no, event_id, event_time FROM incident_events WHERE incident_id = $id
), called AS (
  SELECT c.*, o.source FROM own o JOIN calls c USING (file_id, record_no) WHERE o.source = 'cloudtrail'
), span AS (
  SELECT min(event_time) AS first_time, max(event_time) AS last_time FROM own
), accounts AS (
  SELECT DISTINCT account_id FROM called WHERE account_id IS NOT NULL
), blind AS (
  SELECT 1 AS rank, 'blind' AS kind, g.account_id, concat_ws('|', g.source, g.cause, coalesce(g.aws_region, ''), coalesce(g.principal, ''), coalesce(g.action, '')) AS about,
    greatest(g.first_time, s.first_time - INTERVAL 1 DAY) AS from_time, least(g.last_time, s.last_time) AS to_time,
    CASE WHEN g.event_id IS NOT NULL THEN 'cloudtrail' END AS source, g.file_id, g.record_no, g.event_id
  FROM coverage_gaps g CROSS JOIN span s
  WHERE g.cause IN ('logging-stopped', 'logging-narrowed', 'file-missing', 'file-unreadable', 'digest-missing', 'silence')
    AND g.first_time <= s.last_time AND g.last_time >= s.first_time - INTERVAL 1 DAY AND (g.account_id IS NULL OR g.account_id IN (SELECT account_id FROM accounts))
    AND (g.cause <> 'silence' OR g.bits >= 20)
  QUALIFY row_number() OVER (ORDER BY g.cause = 'silence', g.last_time - g.first_time DESC, g.first_time) <= 3
), strange AS (
  SELECT 2, 'account', regexp_extract(target_role, '::(\d{12}):', 1) AS account, any_value(target_role), min(event_time), max(event_time),
    'cloudtrail', arg_min(file_id, (event_time, file_id, record_no)), arg_min(record_no, (event_time, file_id, record_no)), arg_min(event_id, (event_time, file_id, record_no))
  FROM called WHERE target_role LIKE '%::%' AND error_code IS NULL AND account <> '' AND account NOT IN (SELECT account_id FROM calls WHERE account_id IS NOT NULL) GROUP BY account
), early AS (
  SELECT 3, 'no-history', a.account_id, CAST(NULL AS VARCHAR), min(c.event_time) AS begin_time, any_value(s.first_time), CAST(NULL AS VARCHAR), CAST(NULL AS INTEGER), CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR)
  FROM accounts a JOIN calls c USING (account_id) CROSS JOIN span s GROUP BY a.account_id HAVING any_value(s.first_time) - min(c.event_time) < INTERVAL 1 DAY
), objects AS (
  SELECT 4, 'objects', c.account_id, CAST(count(DISTINCT c.bucket) AS VARCHAR) || '|' || min(c.bucket), min(c.event_time), max(c.event_time),
    'cloudtrail', arg_min(c.file_id, (c.event_time, c.file_id, c.record_no)), arg_min(c.record_no, (c.event_time, c.file_id, c.record_no)), arg_min(c.event_id, (c.event_time, c.file_id, c.record_no))
  FROM called c WHERE c.bucket IS NOT NULL AND c.error_code IS NULL
    AND c.account_id NOT IN (SELECT account_id FROM calls WHERE event_source = 's3.amazonaws.com' AND management_event = false AND account_id IS NOT NULL)
    AND c.bucket NOT IN (SELECT bucket FROM s3_access WHERE bucket IS NOT NULL)
  GROUP BY c.account_id
), network AS (
  SELECT 5, 'network', c.account_id, min(c.instance_id), min(c.event_time), max(c.event_time),
    'cloudtrail', arg_min(c.file_id, (c.event_time, c.file_id, c.record_no)), arg_min(c.record_no, (c.event_time, c.file_id, c.record_no)), arg_min(c.event_id, (c.event_time, c.file_id, c.record_no))
  FROM called c WHERE (c.instance_id IS NOT NULL OR (c.event_name = 'RunInstances' AND c.error_code IS NULL)) AND NOT EXISTS (FROM flows f WHERE f.account_id = c.account_id)
  GROUP BY c.account_id
), cluster AS (
  SELECT 6, 'cluster', c.account_id, CAST(NULL AS VARCHAR), min(c.event_time), max(c.event_time),
    'cloudtrail', arg_min(c.file_id, (c.event_time, c.file_id, c.record_no)), arg_min(c.record_no, (c.event_time, c.file_id, c.record_no)), arg_min(c.event_id, (c.event_time, c.file_id, c.record_no))
  FROM called c WHERE c.event_source = 'eks.amazonaws.com' AND NOT c.read_only AND c.error_code IS NULL AND NOT EXISTS (FROM k8s_audit) GROUP BY c.account_id
)
SELECT kind, account_id AS account, about, from_time AS "from", to_time AS "to", source, file_id AS "fileId", record_no AS "recordNo", event_id AS "eventId"
FROM (FROM blind UNION ALL FROM strange UNION ALL FROM early UNION ALL FROM objects UNION ALL FROM network UNION ALL FROM cluster)
ORDER BY rank, account, from_time, about
