-- calls: one row per unique CloudTrail record, with who, with what credential and from where resolved.
CREATE OR REPLACE TABLE calls AS
WITH base AS (
  SELECT e.*,
    e.user_identity_type = 'AWSService' OR e.user_identity_invoked_by IS NOT NULL
      OR e.source_ip_address LIKE '%.amazonaws.com' OR e.source_ip_address = 'AWS Internal' AS through_service,
    regexp_full_match(e.source_ip_address, '(\d{1,3}\.){3}\d{1,3}') AS is_v4,
    contains(e.source_ip_address, ':') AS is_v6,
    regexp_extract(e.user_identity_arn, ':assumed-role/(.+)/([^/]+)$', ['role', 'session']) AS assumed
  FROM events e
)
SELECT file_id, record_no, event_time, event_id,
  coalesce(recipient_account_id, user_identity_account_id) AS account_id, aws_region, event_source, event_name, error_code, read_only, management_event,
  user_identity_type AS identity_type,
  CASE
    WHEN user_identity_type = 'AWSService' THEN coalesce(user_identity_invoked_by, source_ip_address, 'AWS')
    WHEN session_issuer_arn IS NOT NULL AND user_identity_type IN ('AssumedRole', 'FederatedUser') THEN session_issuer_arn
    WHEN assumed['role'] <> '' THEN regexp_replace(user_identity_arn, '^arn:([^:]+):sts::(\d*):assumed-role/(.+)/[^/]+$', 'arn:\1:iam::\2:role/\3')
    WHEN user_identity_arn IS NOT NULL THEN user_identity_arn
    WHEN user_identity_type = 'IAMUser' AND user_identity_user_name IS NOT NULL THEN 'arn:aws:iam::' || coalesce(user_identity_account_id, recipient_account_id, '') || ':user/' || user_identity_user_name
    ELSE coalesce(user_identity_account_id, user_identity_principal_id, user_identity_user_name, 'unknown')
  END AS principal,
  CASE
    WHEN user_identity_type = 'AWSService' THEN 'service'
    WHEN user_identity_type = 'AssumedRole' OR user_identity_type = 'Role' OR assumed['role'] <> '' THEN 'role'
    WHEN user_identity_type IN ('IAMUser', 'Root') THEN 'user'
    WHEN user_identity_type IN ('FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'Directory') THEN 'federatedUser'
    ELSE 'account'
  END AS principal_type,
  user_identity_arn AS actor_arn, user_identity_account_id AS actor_account_id,
  CASE
    WHEN user_identity_access_key_id LIKE 'ASIA%' AND user_identity_type IN ('AssumedRole', 'FederatedUser') THEN user_identity_access_key_id
    WHEN user_identity_access_key_id LIKE 'ASIA%' AND user_identity_type IN ('IAMUser', 'Root') AND session_creation_date IS NOT NULL
      THEN coalesce(user_identity_arn, user_identity_user_name) || '|' || strftime(session_creation_date, '%Y-%m-%dT%H:%M:%SZ')
    WHEN nullif(user_identity_access_key_id, '') IS NOT NULL THEN user_identity_access_key_id
    WHEN user_identity_arn IS NOT NULL THEN user_identity_arn
    ELSE 'service:' || coalesce(user_identity_invoked_by, user_identity_account_id, user_identity_principal_id, 'unknown')
  END AS session_key,
  user_identity_access_key_id AS access_key_id, session_creation_date AS session_created,
  CASE WHEN (is_v4 OR is_v6) AND NOT coalesce(through_service, false) THEN source_ip_address END AS source_ip,
  CASE WHEN coalesce(through_service, false) THEN NULL
       WHEN is_v4 THEN regexp_extract(source_ip_address, '^(\d+\.\d+\.\d+)\.', 1) || '.0/24'
       WHEN is_v6 THEN array_to_string(string_split(source_ip_address, ':')[1:3], ':') || '::/48' END AS source_net,
  CASE WHEN coalesce(through_service, false) THEN 'aws-service'
       WHEN is_v4 AND regexp_matches(source_ip_address, '^0*(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)') THEN 'private'
       WHEN is_v4 OR is_v6 THEN 'public' ELSE 'none' END AS ip_class,
  user_agent,
  CASE
    WHEN user_agent IS NULL OR user_agent = '' THEN NULL
    WHEN user_agent LIKE '%stratus-red-team%' THEN 'stratus-red-team'
    WHEN user_agent LIKE 'Mozilla/%' THEN 'browser'
    WHEN lower(user_agent) LIKE '%signin.amazonaws.com%' OR lower(user_agent) LIKE '%console.amazonaws.com%' OR user_agent LIKE 'AWS-Console%' OR lower(user_agent) LIKE '%s3console%' THEN 'aws-console'
    ELSE lower(regexp_extract(replace(replace(user_agent, '[', ''), ']', ''), '^[^/ ,;(]+'))
  END || CASE WHEN regexp_matches(lower(coalesce(user_agent, '')), 'kali|parrot|pentoo|blackarch') THEN ' ' || regexp_extract(lower(user_agent), 'kali|parrot|pentoo|blackarch') ELSE '' END AS ua_family,
  user_identity_invoked_by AS invoked_by, coalesce(through_service, false) AS is_service,
  coalesce(nullif(regexp_extract(user_identity_arn, '/(i-[0-9a-f]{8,17})$', 1), ''), nullif(regexp_extract(user_identity_principal_id, ':(i-[0-9a-f]{8,17})$', 1), '')) AS instance_id,
  session_mfa_authenticated AS mfa, shared_event_id,
  CASE WHEN event_source = 'sts.amazonaws.com' AND event_name LIKE 'AssumeRole%' THEN request_parameters ->> '$.roleArn' END AS target_role,
  CASE WHEN event_name LIKE 'AssumeRole%' OR event_name IN ('GetSessionToken', 'GetFederationToken', 'AssumeRoot') THEN response_elements ->> '$.credentials.accessKeyId'
       WHEN event_name = 'CreateAccessKey' THEN response_elements ->> '$.accessKey.accessKeyId' END AS issued_key,
  CASE WHEN event_source = 's3.amazonaws.com' THEN request_parameters ->> '$.bucketName' END AS bucket
FROM base
