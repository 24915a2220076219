SELECT recipient_account_id AS account_id, aws_region, 'cloudtrail' AS source, date_trunc('day', event_time) AS day, count(*) AS records
FROM events GROUP BY ALL
UNION ALL
SELECT account_id, aws_region, 'vpc-flow', date_trunc('day', start_time), count(*) FROM flows GROUP BY ALL
UNION ALL
SELECT account_id, aws_region, provider, date_trunc('day', coalesce(last_seen, updated_at, created_at)), count(*) FROM provider_findings GROUP BY ALL
ORDER BY account_id, aws_region, source, day
