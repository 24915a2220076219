-- Times of files that could not be read, of log files that digests name and that are not here, and of digests.
CREATE OR REPLACE TEMP TABLE file_gaps AS
WITH named AS ( -- account, service, Region and time of delivery in the names that AWS gives
  SELECT *, regexp_extract(name, '(\d{12})_([A-Za-z0-9]+)_([a-z]{2}(?:-[a-z]+)+-\d)_(?:[^/!\\]*_)?(\d{8}T\d{4})', ['account', 'service', 'region', 'time']) AS told
  FROM files WHERE issue_records > 0 OR state = 'issue'
), missing AS ( -- log files that are not here, hour by hour, and runs of such hours
  SELECT account_id, aws_region, min(first_time) AS first_time, max(last_time) AS last_time, count(*) AS files, date_trunc('hour', first_time) AS hour
  FROM digest_checks WHERE kind = 'log' AND state = 'missing' AND first_time IS NOT NULL GROUP BY account_id, aws_region, date_trunc('hour', first_time)
), runs AS (
  SELECT *, date_diff('hour', TIMESTAMP '1970-01-01', hour) - row_number() OVER (PARTITION BY account_id, aws_region ORDER BY hour) AS run FROM missing
)
SELECT nullif(told.account, '') AS account_id, nullif(told.region, '') AS aws_region,
  coalesce(source, CASE lower(told.service) WHEN 'cloudtrail' THEN 'cloudtrail' WHEN 'vpcflowlogs' THEN 'vpc-flow' WHEN 'elasticloadbalancing' THEN 'elb-access'
    WHEN 'vpcdnsquerylogs' THEN 'dns-query' WHEN 'waflogs' THEN 'waf' END) AS source,
  coalesce(first_time, try_strptime(told.time, '%Y%m%dT%H%M')) AS first_time, coalesce(last_time, try_strptime(told.time, '%Y%m%dT%H%M')) AS last_time,
  'file-unreadable' AS cause, file_id, CASE WHEN records > 0 THEN concat(issue_records, ' of ', records, ' records of ', name, ' could not be read') ELSE concat(name, ' could not be read: ', reason) END AS detail
FROM named
UNION ALL
SELECT account_id, aws_region, 'cloudtrail', min(first_time), max(last_time), 'file-missing', NULL, concat(CAST(sum(files) AS BIGINT), ' log files that digests name are not here')
FROM runs GROUP BY account_id, aws_region, run
UNION ALL
SELECT account_id, aws_region, 'cloudtrail', first_time, last_time, CASE kind WHEN 'gap' THEN 'not-digested' ELSE 'digest-missing' END, digest_file_id,
  CASE kind WHEN 'gap' THEN 'no digest was made: logging or its validation was off' ELSE concat('no digest is here that vouches for the log files of this time: ', regexp_extract(object_key, '[^/]+$')) END
FROM digest_checks WHERE kind IN ('gap', 'digest') AND state = 'missing'
