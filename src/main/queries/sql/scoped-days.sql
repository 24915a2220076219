-- Counts of exactly the scope, without hours and credentials: whole days from daily_activity, whole hours of the days that
-- it cuts from activity, the two cut hours from the records.
SELECT CAST(day AS TIMESTAMP) AS day, account_id, aws_region, principal, principal_type, source_ip, ua_family, event_source, event_name, is_service, succeeded, failed, first_time, last_time
FROM daily_activity
WHERE CAST($from AS TIMESTAMP) IS NULL
  OR (day > CAST(CAST($from AS TIMESTAMP) AS DATE) AND day < CAST(CAST($to AS TIMESTAMP) AS DATE))
UNION ALL
SELECT date_trunc('day', hour), account_id, aws_region, principal, principal_type, source_ip, ua_family, event_source, event_name, is_service, succeeded, failed, first_time, last_time
FROM activity
WHERE hour > date_trunc('hour', CAST($from AS TIMESTAMP)) AND hour < date_trunc('hour', CAST($to AS TIMESTAMP))
  AND (hour < date_trunc('day', CAST($from AS TIMESTAMP)) + INTERVAL 1 DAY OR hour >= date_trunc('day', CAST($to AS TIMESTAMP)))
UNION ALL
SELECT date_trunc('day', event_time), account_id, aws_region, principal, principal_type, source_ip, ua_family, event_source, event_name, is_service,
  count(*) FILTER (error_code IS NULL), count(*) FILTER (error_code IS NOT NULL), min(event_time), max(event_time)
FROM calls
WHERE event_time BETWEEN CAST($from AS TIMESTAMP) AND CAST($to AS TIMESTAMP)
  AND date_trunc('hour', event_time) IN (date_trunc('hour', CAST($from AS TIMESTAMP)), date_trunc('hour', CAST($to AS TIMESTAMP)))
GROUP BY ALL
