CREATE OR REPLACE TABLE activity AS
SELECT date_trunc('hour', event_time) AS hour, account_id, aws_region, principal, principal_type, session_key, source_ip, source_net, ua_family,
  event_source, event_name, is_service, count(*) FILTER (error_code IS NULL) AS succeeded, count(*) FILTER (error_code IS NOT NULL) AS failed,
  min(event_time) AS first_time, max(event_time) AS last_time
FROM calls
GROUP BY ALL
ORDER BY hour
