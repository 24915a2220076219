CREATE OR REPLACE TABLE entities AS
WITH named AS (
  SELECT principal_type AS entity_type, principal AS entity_id, account_id, event_time, error_code FROM calls
  UNION ALL SELECT 'roleSession', actor_arn, account_id, event_time, error_code FROM calls WHERE actor_arn LIKE '%:assumed-role/%'
  UNION ALL SELECT 'accessKey', session_key, account_id, event_time, error_code FROM calls WHERE principal_type <> 'service'
  UNION ALL SELECT 'address', source_ip, NULL, event_time, error_code FROM calls WHERE source_ip IS NOT NULL
  UNION ALL SELECT 'userAgent', ua_family, NULL, event_time, error_code FROM calls WHERE ua_family IS NOT NULL AND NOT is_service
  UNION ALL SELECT 'account', account_id, account_id, event_time, error_code FROM calls WHERE account_id IS NOT NULL
  UNION ALL SELECT 'instance', instance_id, account_id, event_time, error_code FROM calls WHERE instance_id IS NOT NULL
  UNION ALL SELECT 'bucket', bucket, account_id, event_time, error_code FROM calls WHERE bucket IS NOT NULL
  UNION ALL SELECT 'role', target_role, NULL, event_time, error_code FROM calls WHERE target_role IS NOT NULL AND target_role <> principal
)
SELECT entity_type, entity_id, any_value(account_id) AS account_id,
  CASE WHEN entity_id LIKE 'arn:%' THEN regexp_extract(entity_id, '[^:]+$') ELSE entity_id END AS label,
  min(event_time) AS first_seen, max(event_time) AS last_seen, count(*) AS events, count(*) FILTER (error_code IS NOT NULL) AS failures
FROM named WHERE entity_id IS NOT NULL AND entity_id <> ''
GROUP BY entity_type, entity_id
