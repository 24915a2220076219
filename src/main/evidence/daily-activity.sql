-- What `activity` counts, by the day: a seventh of the rows, for what is asked over many days.
SELECT CAST(hour AS DATE) AS day, account_id, aws_region, principal, principal_type, source_ip, source_net, ua_family, event_source, event_name, is_service,
  CAST(sum(succeeded) AS BIGINT) AS succeeded, CAST(sum(failed) AS BIGINT) AS failed, min(first_time) AS first_time, max(last_time) AS last_time
FROM activity
GROUP BY ALL
ORDER BY day
