-- Hourly counts of exactly the scope: whole hours from activity, the two cut ones from the records.
SELECT hour, account_id, aws_region, principal, principal_type, session_key, source_ip, ua_family, event_source, event_name, is_service, succeeded, failed, first_time, last_time
FROM activity
WHERE CAST($from AS TIMESTAMP) IS NULL
  OR (hour > date_trunc('hour', CAST($from AS TIMESTAMP)) AND hour < date_trunc('hour', CAST($to AS TIMESTAMP)))
UNION ALL
SELECT date_trunc('hour', event_time), account_id, aws_region, principal, principal_type, session_key, source_ip, ua_family, event_source, event_name, is_service,
  count(*) FILTER (error_code IS NULL), count(*) FILTER (error_code IS NOT NULL), min(event_time), max(event_time)
FROM calls
WHERE event_time BETWEEN CAST($from AS TIMESTAMP) AND CAST($to AS TIMESTAMP)
  AND date_trunc('hour', event_time) IN (date_trunc('hour', CAST($from AS TIMESTAMP)), date_trunc('hour', CAST($to AS TIMESTAMP)))
GROUP BY ALL
