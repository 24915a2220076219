-- Who called what from where, by the hour: the table activity (entities/activity.sql)
SELECT case_id, date_trunc('hour', event_time) AS hour_start, account_id, aws_region, principal, principal_type, session_key, source_ip, source_net,
  ua_family, event_source, event_name, is_service,
  sum(CASE WHEN error_code IS NULL THEN 1 ELSE 0 END) AS succeeded,
  sum(CASE WHEN error_code IS NULL THEN 0 ELSE 1 END) AS failed,
  min(event_time) AS first_time, max(event_time) AS last_time
FROM calls
GROUP BY case_id, date_trunc('hour', event_time), account_id, aws_region, principal, principal_type, session_key, source_ip, source_net, ua_family,
  event_source, event_name, is_service
