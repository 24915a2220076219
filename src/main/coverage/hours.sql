-- Hours with records, by account, Region and source. Grouped by file first: the file tells the source.
INSERT INTO coverage
WITH counted AS (
  SELECT file_id, recipient_account_id AS account_id, aws_region, date_trunc('hour', event_time) AS hour, count(*) AS records FROM events GROUP BY ALL
  UNION ALL SELECT file_id, account_id, aws_region, date_trunc('hour', start_time), count(*) FROM flows GROUP BY ALL
  UNION ALL SELECT file_id, account_id, aws_region, date_trunc('hour', coalesce(last_seen, updated_at, created_at)), count(*) FROM provider_findings GROUP BY ALL
  UNION ALL SELECT file_id, account_id, aws_region, date_trunc('hour', event_time), count(*) FROM k8s_audit GROUP BY ALL
  UNION ALL SELECT file_id, account_id, aws_region, date_trunc('hour', event_time), count(*) FROM dns_queries GROUP BY ALL
  UNION ALL SELECT file_id, NULL, NULL, date_trunc('hour', event_time), count(*) FROM s3_access GROUP BY ALL
  UNION ALL SELECT file_id, account_id, aws_region, date_trunc('hour', event_time), count(*) FROM elb_access GROUP BY ALL
  UNION ALL SELECT file_id, account_id, aws_region, date_trunc('hour', event_time), count(*) FROM waf_requests GROUP BY ALL
  UNION ALL SELECT file_id, NULL, NULL, date_trunc('hour', event_time), count(*) FROM cloudfront_access GROUP BY ALL
  UNION ALL SELECT file_id, account_id, aws_region, date_trunc('hour', event_time), count(*) FROM mapped_events GROUP BY ALL
)
SELECT account_id, aws_region, source, hour, CAST(sum(c.records) AS BIGINT) AS records
FROM counted c JOIN files f USING (file_id) WHERE hour IS NOT NULL
GROUP BY ALL
ORDER BY source, account_id, aws_region, hour
