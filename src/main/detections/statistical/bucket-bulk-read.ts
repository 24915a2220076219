import { defineDetector } from './detector';

export default defineDetector({
  id: 's3-004',
  title: 'Many objects read from an address new for the requester',
  description:
    'A requester read a hundred or more different objects of a bucket within an hour from an address it had not used in the log before, three times as many as it ever had.',
  tactic: 'collection',
  techniques: ['T1530'],
  severity: 'medium',
  severityReason:
    'Reading a bucket empty with somebody’s credentials looks like this, and so does a new job.',
  falsePositives: 'A new job or host',
  remediation: ['R-S3-QUAR', 'R-KEY-DEACT', 'R-ROLE-REVOKE'],
  source: 's3-access',
  sql: `
WITH reads AS (
  SELECT file_id, record_no, event_time, bucket, key, remote_ip, bytes_sent, date_trunc('hour', event_time) AS hour,
    regexp_replace(requester, '^arn:([^:]+):sts::(\\d+):assumed-role/([^/]+).*$', 'arn:\\1:iam::\\2:role/\\3') AS who
  FROM s3_access WHERE requester IS NOT NULL AND operation = 'REST.GET.OBJECT' AND http_status IN (200, 206)
), hours AS (
  SELECT who, bucket, hour, remote_ip, count(DISTINCT key) AS keys, sum(bytes_sent) AS bytes FROM reads GROUP BY ALL
), firsts AS (SELECT who, remote_ip, min(hour) AS first_hour FROM hours GROUP BY ALL),
judged AS (
  SELECT h.*, f.first_hour, coalesce(max(h.keys) OVER (PARTITION BY h.who ORDER BY h.hour RANGE BETWEEN INTERVAL 14 DAY PRECEDING AND INTERVAL 1 HOUR PRECEDING), 0) AS most,
    min(h.hour) OVER (PARTITION BY h.who) AS known_since
  FROM hours h JOIN firsts f USING (who, remote_ip)
)
SELECT r.file_id, r.record_no, concat_ws('|', j.who, j.bucket, CAST(j.hour AS DATE)) AS fold, CASE WHEN j.known_since >= j.hour - INTERVAL 2 DAY THEN 'low' END AS severity,
  j.who || ' read up to ' || max(j.keys) OVER w || ' objects of ' || j.bucket || ' within an hour from ' || min(j.remote_ip) OVER w || '; the most before was ' || min(j.most) OVER w || '.' AS note,
  j.remote_ip AS address, 'bucket' AS target_type, j.bucket AS target_id, r.event_time, NULL AS account_id
FROM judged j JOIN reads r ON r.who = j.who AND r.bucket = j.bucket AND r.remote_ip = j.remote_ip AND r.hour = j.hour
WHERE j.keys >= 100 AND j.keys >= 3 * j.most AND j.hour < j.first_hour + INTERVAL 1 DAY
WINDOW w AS (PARTITION BY j.who, j.bucket, CAST(j.hour AS DATE))`,
});
