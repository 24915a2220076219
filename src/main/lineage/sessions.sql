-- One row per credential that made calls; and the access keys that stand for another credential (the console's keys).
CREATE OR REPLACE TEMP TABLE sessions AS
SELECT session_key, min(principal) AS principal, min(principal_type) AS principal_type, min(identity_type) AS identity_type,
  min(actor_arn) AS actor_arn, min(account_id) AS account_id, min(actor_account_id) AS actor_account_id, min(instance_id) AS instance_id,
  min(session_created) AS created, min(event_time) AS first_time, max(event_time) AS last_time, min(invoked_by) AS invoked_by,
  count(*) AS events, count(error_code) AS failures, count(*) FILTER (NOT is_service) AS direct,
  bool_or(ua_family = 'aws-console' OR ua_family LIKE 'browser %') AS from_console
FROM calls GROUP BY session_key;

CREATE OR REPLACE TEMP TABLE key_sessions AS
SELECT access_key_id, min(session_key) AS session_key FROM calls
WHERE access_key_id IS NOT NULL AND access_key_id <> session_key GROUP BY access_key_id;
