-- credentials: what each is, the first credential of its chain, and why the chain ends there.
CREATE OR REPLACE TABLE credentials AS
WITH span AS (
  SELECT account_id, min(event_time) AS first_time FROM calls GROUP BY account_id
), how AS (
  SELECT child AS session_key, min_by(kind, (priority, event_time, file_id, record_no)) AS kind, min_by(detail, (priority, event_time, file_id, record_no)) AS detail
  FROM found_edges WHERE kind NOT IN ('controls', 'grants') GROUP BY child
), unused AS (
  -- handed out, never used in these records
  SELECT e.child AS session_key, min(e.event_time) AS first_time, max(e.event_time) AS last_time FROM found_edges e
  WHERE kind IN ('issued', 'cross-account', 'created-key') AND NOT EXISTS (FROM sessions s WHERE s.session_key = e.child) GROUP BY e.child
), known AS (
  SELECT session_key, principal, principal_type, identity_type, actor_arn, account_id, actor_account_id, instance_id, created, first_time, last_time, events, failures,
    from_console FROM sessions
  UNION ALL BY NAME
  SELECT session_key, first_time, last_time, 0 AS events, 0 AS failures FROM unused
), ends AS (
  SELECT k.*, h.kind AS origin, h.detail,
    coalesce(a.root, CASE WHEN k.instance_id IS NOT NULL THEN k.instance_id WHEN contains(k.principal, '/aws-service-role/') THEN 'service:' || split_part(k.principal, '/', 3) ELSE k.session_key END) AS root,
    CASE
      WHEN k.principal_type = 'service' OR contains(k.principal, '/aws-service-role/') THEN 'service'
      WHEN k.session_key LIKE 'AKIA%' OR k.identity_type = 'Root' AND NOT contains(k.session_key, '|') THEN 'root'
      WHEN k.instance_id IS NOT NULL THEN 'root'
      WHEN k.identity_type = 'AWSAccount' THEN 'missing-account'
      WHEN contains(k.session_key, '|') OR k.session_key LIKE 'ASIA%' OR k.principal_type = 'role'
        THEN CASE WHEN k.created > s.first_time + INTERVAL 1 MINUTE THEN 'not-logged' ELSE 'before-bundle' END
      ELSE 'root'
    END AS own_end
  FROM known k LEFT JOIN how h USING (session_key) LEFT JOIN ancestry a USING (session_key) LEFT JOIN span s ON s.account_id = k.account_id
), roots AS (
  SELECT e.*, r.root AS root_of_root, r.own_end AS root_end, r.actor_account_id AS root_account
  FROM ends e LEFT JOIN ends r ON r.session_key = e.root AND e.root <> e.session_key
)
SELECT session_key,
  CASE
    WHEN principal_type = 'service' OR contains(principal, '/aws-service-role/') THEN 'service'
    WHEN origin = 'forwarded' THEN 'forwarded'
    WHEN identity_type = 'Root' AND NOT contains(session_key, '|') THEN 'root'
    WHEN instance_id IS NOT NULL THEN 'instance-role'
    WHEN contains(session_key, '|') THEN CASE WHEN detail LIKE 'GetSessionToken%' OR NOT coalesce(from_console, false) AND origin IS DISTINCT FROM 'console' THEN 'session-token' ELSE 'console-session' END
    WHEN identity_type = 'FederatedUser' OR detail LIKE 'GetFederationToken%' THEN 'federation'
    WHEN session_key LIKE 'AKIA%' THEN 'access-key'
    WHEN principal_type = 'role' OR detail LIKE 'AssumeRole%' THEN 'role-session'
    WHEN principal_type = 'user' THEN 'password'
    WHEN principal_type = 'federatedUser' THEN 'identity-provider'
    WHEN identity_type = 'AWSAccount' THEN 'foreign'
    ELSE 'unknown'
  END AS kind,
  principal, account_id, actor_arn, coalesce(root_of_root, root) AS root,
  CASE WHEN root = session_key THEN own_end WHEN root_end IS NULL OR root_end = 'root' THEN CASE WHEN root LIKE 'service:%' THEN 'service' ELSE 'resolved' END ELSE root_end END AS resolution,
  CASE WHEN coalesce(root_end, own_end) = 'missing-account' THEN coalesce(root_account, actor_account_id) END AS missing_account,
  created, first_time, last_time, CAST(events AS BIGINT) AS events, CAST(failures AS BIGINT) AS failures
FROM roots
-- services hand out keys to themselves all the time; those that left no trace are left out
WHERE principal IS NOT NULL OR root NOT LIKE 'service:%'
