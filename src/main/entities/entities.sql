-- entities: everything the records name. Counts are the records it made or came from; for what made none (a role that
-- was only assumed, a key that was only issued, a resource) the records that name it; for a peer address of the flow
-- logs the flow records. Records of every other log count too (logged.sql).
CREATE OR REPLACE TABLE entities AS
WITH made AS (
  SELECT principal_type AS entity_type, principal AS entity_id, min(account_id) AS account_id, min(event_time) AS first_seen, max(event_time) AS last_seen,
    count(*) AS events, count(*) FILTER (error_code IS NOT NULL) AS failures FROM calls GROUP BY ALL
  UNION ALL
  SELECT 'roleSession', actor_arn, min(account_id), min(event_time), max(event_time), count(*), count(*) FILTER (error_code IS NOT NULL)
  FROM calls WHERE contains(actor_arn, ':assumed-role/') GROUP BY ALL
  UNION ALL
  SELECT 'accessKey', session_key, min(account_id), min(event_time), max(event_time), count(*), count(*) FILTER (error_code IS NOT NULL)
  FROM calls WHERE principal_type <> 'service' AND (session_key = access_key_id OR contains(session_key, '|')) GROUP BY ALL
  UNION ALL
  SELECT 'address', source_ip, NULL, min(event_time), max(event_time), count(*), count(*) FILTER (error_code IS NOT NULL)
  FROM calls WHERE source_ip IS NOT NULL GROUP BY ALL
  UNION ALL
  SELECT 'userAgent', ua_family, NULL, min(event_time), max(event_time), count(*), count(*) FILTER (error_code IS NOT NULL)
  FROM calls WHERE ua_family IS NOT NULL AND NOT is_service GROUP BY ALL
  UNION ALL
  SELECT 'account', account_id, account_id, min(event_time), max(event_time), count(*), count(*) FILTER (error_code IS NOT NULL)
  FROM calls GROUP BY ALL
  UNION ALL
  SELECT 'instance', instance_id, min(account_id), min(event_time), max(event_time), count(*), count(*) FILTER (error_code IS NOT NULL)
  FROM calls WHERE instance_id IS NOT NULL GROUP BY ALL
  UNION ALL
  SELECT * FROM logged_entities
  UNION ALL
  SELECT 'address', peer_addr, NULL, min(hour), max(hour), sum(accepted + rejected), sum(rejected) FROM flow_activity GROUP BY ALL
), arns AS (
  SELECT unnest(json_extract_string(resources, '$[*].ARN')) AS arn, recipient_account_id AS account_id, event_time, error_code
  FROM events WHERE json_type(resources) = 'ARRAY' AND event_name NOT LIKE 'AssumeRole%'
), named AS (
  SELECT 'role' AS entity_type, target_role AS entity_id, NULL AS account_id, event_time, error_code FROM calls WHERE target_role IS NOT NULL
  UNION ALL SELECT 'accessKey', issued_key, account_id, event_time, error_code FROM calls WHERE issued_key IS NOT NULL
  UNION ALL SELECT 'bucket', bucket, account_id, event_time, error_code FROM calls WHERE bucket IS NOT NULL
  UNION ALL
  SELECT 'function', CASE WHEN contains(name, ':function:') THEN regexp_extract(name, ':function:([^:]+)', 1) ELSE name END, account_id, event_time, error_code
  FROM (SELECT request_parameters ->> '$.functionName' AS name, recipient_account_id AS account_id, event_time, error_code
        FROM events WHERE event_source = 'lambda.amazonaws.com')
  UNION ALL SELECT 'instance', instance_id, account_id, NULL, NULL FROM told_hosts
  UNION ALL
  SELECT CASE WHEN contains(arn, ':role/') THEN 'role' WHEN contains(arn, ':user/') THEN 'user' WHEN contains(arn, ':instance/i-') THEN 'instance' ELSE 'resource' END,
    CASE WHEN contains(arn, ':instance/i-') THEN regexp_extract(arn, ':instance/(.+)$', 1) ELSE arn END, account_id, event_time, error_code
  FROM arns WHERE arn LIKE 'arn:%' AND NOT contains(arn, ':assumed-role/') AND NOT contains(arn, ':s3:::')
), mentioned AS (
  SELECT entity_type, entity_id, min(account_id) AS account_id, min(event_time) AS first_seen, max(event_time) AS last_seen,
    count(event_time) AS events, count(error_code) AS failures
  FROM named ANTI JOIN made USING (entity_type, entity_id) GROUP BY ALL
), together AS (
  SELECT * FROM made UNION ALL SELECT * FROM mentioned
), named_things AS (
  -- an address that several things have is named after none of them
  SELECT 'instance' AS entity_type, entity_id, name FROM resources WHERE entity_type = 'instance' AND name IS NOT NULL
  UNION ALL
  SELECT 'address', address, min(coalesce(r.name, a.instance_id, a.description)) FROM resource_addresses a LEFT JOIN resources r ON r.entity_type = 'instance' AND r.entity_id = a.instance_id
  GROUP BY address HAVING count(DISTINCT coalesce(r.name, a.instance_id, a.description)) = 1
)
SELECT entity_type, entity_id, min(account_id) AS account_id,
  CASE WHEN any_value(n.name) IS NOT NULL AND entity_type = 'instance' THEN any_value(n.name) || ' (' || entity_id || ')'
    WHEN any_value(n.name) IS NOT NULL THEN entity_id || ' (' || any_value(n.name) || ')'
    WHEN contains(entity_id, '|') THEN regexp_extract(entity_id, '([^:/|]+)\|', 1) || ' console ' || right(entity_id, 20)
    WHEN entity_type = 'roleSession' THEN regexp_extract(entity_id, 'assumed-role/(.+)$', 1)
    WHEN entity_id LIKE 'arn:%' THEN regexp_extract(entity_id, '([^:/]+)$', 1)
    ELSE entity_id END AS label,
  min(first_seen) AS first_seen, max(last_seen) AS last_seen, CAST(sum(events) AS BIGINT) AS events, CAST(sum(failures) AS BIGINT) AS failures
FROM together LEFT JOIN named_things n USING (entity_type, entity_id) WHERE entity_id <> '' GROUP BY entity_type, entity_id
