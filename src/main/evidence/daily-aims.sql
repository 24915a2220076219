-- Roles and buckets that calls reached for, of which `activity` knows nothing.
SELECT CAST(event_time AS DATE) AS day, principal, principal_type, is_service, target_role, bucket,
  count(*) FILTER (error_code IS NULL) AS succeeded, count(*) FILTER (error_code IS NOT NULL) AS failed, min(event_time) AS first_time, max(event_time) AS last_time
FROM calls
WHERE target_role IS NOT NULL OR bucket IS NOT NULL
GROUP BY ALL
ORDER BY day
