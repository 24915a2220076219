-- What the logs of the case cannot say about incident $id: one row a question, the graver first. kind:
--   blind: a log switched off, cut or missing within the incident, or a day before (coverage_gaps);
--   account: a role taken in an account of which the case holds no call;
--   no-history: the incident begins within a day of the first record of its accounts' trail;
--   objects: buckets asked about or read, without a record of any object in that account;
--   network: instances in it, and no flow log of that account;
--   cluster: a Kubernetes cluster acted on, and no audit log of it.
-- subject: the log of `blind`, the role of `account`, a bucket of `objects`, with their number in n; cause, region and
-- principal of `blind`. source, file and record: a record that shows why it is asked; NULL without one.
WITH own AS (
  SELECT DISTINCT source, file_id, record_no, event_id, event_time FROM incident_events WHERE incident_id = $id
), called AS (
  SELECT c.*, o.source FROM own o JOIN calls c USING (file_id, record_no) WHERE o.source = 'cloudtrail'
), span AS (
  SELECT min(event_time) AS first_time, max(event_time) AS last_time FROM own
), accounts AS (
  SELECT DISTINCT account_id FROM called WHERE account_id IS NOT NULL
), blind AS (
  SELECT 1 AS rank, 'blind' AS kind, g.account_id, g.source AS subject, g.cause, g.aws_region AS region, g.principal,
    greatest(g.first_time, s.first_time - INTERVAL 1 DAY) AS from_time, least(g.last_time, s.last_time) AS to_time,
    CASE WHEN g.event_id IS NOT NULL THEN 'cloudtrail' END AS source, g.file_id, g.record_no, g.event_id
  FROM coverage_gaps g CROSS JOIN span s
  WHERE g.cause IN ('logging-stopped', 'logging-narrowed', 'file-missing', 'file-unreadable', 'digest-missing', 'silence')
    AND g.first_time <= s.last_time AND g.last_time >= s.first_time - INTERVAL 1 DAY AND (g.account_id IS NULL OR g.account_id IN (SELECT account_id FROM accounts))
    AND (g.cause <> 'silence' OR g.bits >= 20)
    -- a trail that is stopped and then deleted is blind once
    AND NOT EXISTS (FROM coverage_gaps o WHERE o.source = g.source AND o.account_id IS NOT DISTINCT FROM g.account_id AND o.aws_region IS NOT DISTINCT FROM g.aws_region
      AND o.first_time < g.first_time AND o.last_time >= g.last_time AND (o.cause <> 'silence' OR o.bits >= 20) AND o.cause NOT IN ('before-first', 'after-last', 'not-digested'))
  QUALIFY row_number() OVER (ORDER BY g.cause = 'silence', g.last_time - g.first_time DESC, g.first_time) <= 3
), strange AS (
  SELECT 2 AS rank, 'account' AS kind, regexp_extract(target_role, '::(\d{12}):', 1) AS account_id, min(target_role) AS subject, min(event_time) AS from_time, max(event_time) AS to_time,
    'cloudtrail' AS source, arg_min(file_id, (event_time, file_id, record_no)) AS file_id,
    arg_min(record_no, (event_time, file_id, record_no)) AS record_no, arg_min(event_id, (event_time, file_id, record_no)) AS event_id
  FROM called WHERE error_code IS NULL AND regexp_extract(target_role, '::(\d{12}):', 1) <> ''
    AND regexp_extract(target_role, '::(\d{12}):', 1) NOT IN (SELECT account_id FROM calls WHERE account_id IS NOT NULL) GROUP BY 3
), early AS (
  SELECT 3 AS rank, 'no-history' AS kind, a.account_id, min(c.event_time) AS from_time, any_value(s.first_time) AS to_time
  FROM accounts a JOIN calls c USING (account_id) CROSS JOIN span s GROUP BY a.account_id HAVING any_value(s.first_time) - min(c.event_time) < INTERVAL 1 DAY
), objects AS (
  SELECT 4 AS rank, 'objects' AS kind, account_id, min(bucket) AS subject, count(DISTINCT bucket) AS n, min(event_time) AS from_time, max(event_time) AS to_time,
    'cloudtrail' AS source, arg_min(file_id, (event_time, file_id, record_no)) AS file_id,
    arg_min(record_no, (event_time, file_id, record_no)) AS record_no, arg_min(event_id, (event_time, file_id, record_no)) AS event_id
  FROM called WHERE bucket IS NOT NULL AND error_code IS NULL
    AND account_id NOT IN (SELECT account_id FROM calls WHERE event_source = 's3.amazonaws.com' AND management_event = false AND account_id IS NOT NULL)
    AND bucket NOT IN (SELECT bucket FROM s3_access WHERE bucket IS NOT NULL)
  GROUP BY account_id
), network AS (
  SELECT 5 AS rank, 'network' AS kind, account_id, min(event_time) AS from_time, max(event_time) AS to_time,
    'cloudtrail' AS source, arg_min(file_id, (event_time, file_id, record_no)) AS file_id,
    arg_min(record_no, (event_time, file_id, record_no)) AS record_no, arg_min(event_id, (event_time, file_id, record_no)) AS event_id
  FROM called WHERE (instance_id IS NOT NULL OR (event_name = 'RunInstances' AND error_code IS NULL)) AND account_id NOT IN (SELECT account_id FROM coverage WHERE source = 'vpc-flow' AND account_id IS NOT NULL)
  GROUP BY account_id
), cluster AS (
  SELECT 6 AS rank, 'cluster' AS kind, account_id, min(event_time) AS from_time, max(event_time) AS to_time,
    'cloudtrail' AS source, arg_min(file_id, (event_time, file_id, record_no)) AS file_id,
    arg_min(record_no, (event_time, file_id, record_no)) AS record_no, arg_min(event_id, (event_time, file_id, record_no)) AS event_id
  FROM called WHERE event_source = 'eks.amazonaws.com' AND NOT read_only AND error_code IS NULL AND NOT EXISTS (FROM k8s_audit) GROUP BY account_id
)
SELECT kind, account_id AS account, subject, CAST(n AS INTEGER) AS n, cause, region, principal, from_time AS "from", to_time AS "to", source, file_id AS "fileId", record_no AS "recordNo", event_id AS "eventId"
FROM (FROM blind UNION ALL BY NAME FROM strange UNION ALL BY NAME FROM early UNION ALL BY NAME FROM objects UNION ALL BY NAME FROM network UNION ALL BY NAME FROM cluster)
ORDER BY rank, account, from_time, subject
