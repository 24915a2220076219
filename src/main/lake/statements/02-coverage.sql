-- Hours that have CloudTrail records, flow records and DNS queries, by account and Region: the table coverage (coverage/hours.sql)
SELECT case_id, account_id, aws_region, source, hour_start, count(*) AS records
FROM (
  SELECT case_id, recipient_account_id AS account_id, aws_region, 'cloudtrail' AS source, date_trunc('hour', event_time) AS hour_start FROM events
  UNION ALL
  SELECT case_id, account_id, aws_region, 'vpc-flow' AS source, date_trunc('hour', start_time) AS hour_start FROM flows
  UNION ALL
  SELECT case_id, account_id, aws_region, 'dns-query' AS source, date_trunc('hour', event_time) AS hour_start FROM dns_queries
) counted
WHERE hour_start IS NOT NULL
GROUP BY case_id, account_id, aws_region, source, hour_start
