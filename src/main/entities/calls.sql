-- calls: one row per unique CloudTrail record, with who, with what credential and from where resolved (methods 2a).
CREATE OR REPLACE TABLE calls AS
WITH resolved AS (
  SELECT e.*, a.network, a.ip_class AS address_class, g.ua_family, u.arn AS known_arn,
    coalesce(e.user_identity_type = 'AWSService', false) OR e.user_identity_invoked_by IS NOT NULL
      OR coalesce(regexp_matches(e.source_ip_address, '(?i)\.amazonaws\.com(\.cn)?$') OR lower(e.source_ip_address) = 'aws internal', false) AS through_service,
    coalesce(e.user_identity_arn, '') AS arn,
    coalesce(e.recipient_account_id, e.user_identity_account_id) AS owner
  FROM events e
  LEFT JOIN addresses a ON a.address = e.source_ip_address
  LEFT JOIN agents g ON g.user_agent = e.user_agent
  LEFT JOIN named_users u ON e.user_identity_arn IS NULL AND e.user_identity_type = 'IAMUser'
    AND u.account_id = e.user_identity_account_id AND u.user_name = e.user_identity_user_name
), kinds AS (
  SELECT *,
    CASE
      WHEN user_identity_type = 'AWSService' OR (user_identity_type IS NULL AND arn = '' AND user_identity_invoked_by IS NOT NULL) THEN 'service'
      WHEN user_identity_type IN ('AssumedRole', 'Role') OR contains(arn, ':assumed-role/') THEN 'role'
      WHEN user_identity_type = 'Root' OR (user_identity_type = 'IAMUser' AND (arn <> '' OR (user_identity_user_name IS NOT NULL AND user_identity_user_name <> 'HIDDEN_DUE_TO_SECURITY_REASONS'))) THEN 'user'
      WHEN user_identity_type IN ('FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'Directory') THEN 'federatedUser'
      WHEN arn LIKE '%:user/%' THEN 'user'
      ELSE 'account'
    END AS principal_type,
    CASE WHEN aws_region LIKE 'cn-%' THEN 'aws-cn' WHEN aws_region LIKE 'us-gov-%' THEN 'aws-us-gov' ELSE 'aws' END AS partition_name
  FROM resolved
), actors AS (
  SELECT *,
    CASE principal_type
      WHEN 'service' THEN coalesce(user_identity_invoked_by, source_ip_address, 'AWS')
      WHEN 'role' THEN CASE
        WHEN session_issuer_arn LIKE '%:role/%' THEN session_issuer_arn
        WHEN contains(arn, ':assumed-role/') THEN regexp_replace(arn, '^arn:([^:]*):sts::(\d*):assumed-role/([^/]+).*$', 'arn:\1:iam::\2:role/\3')
        ELSE coalesce(nullif(arn, ''), user_identity_principal_id, owner, 'unknown') END
      WHEN 'user' THEN coalesce(nullif(arn, ''), known_arn,
        concat('arn:', partition_name, ':iam::', coalesce(user_identity_account_id, owner), ':',
          CASE WHEN user_identity_type = 'Root' THEN 'root' ELSE 'user/' || user_identity_user_name END))
      WHEN 'federatedUser' THEN coalesce(nullif(arn, ''), user_identity ->> '$.onBehalfOf.userId',
        concat_ws('/', user_identity ->> '$.identityProvider', coalesce(user_identity_user_name, user_identity_principal_id)), user_identity_principal_id)
      ELSE coalesce(nullif(arn, ''), user_identity_account_id, nullif(user_identity_user_name, 'HIDDEN_DUE_TO_SECURITY_REASONS'), user_identity_principal_id, owner, 'unknown')
    END AS principal
  FROM kinds
)
SELECT file_id, record_no, event_time, event_id, owner AS account_id, aws_region, event_source, event_name,
  coalesce(nullif(error_code, ''), CASE WHEN event_type = 'AwsConsoleSignIn' AND (error_message IS NOT NULL OR CAST(response_elements AS VARCHAR) LIKE '%"Failure"%')
    THEN coalesce(error_message, 'Failure') END) AS error_code,
  read_only, management_event, user_identity_type AS identity_type, principal, principal_type,
  user_identity_arn AS actor_arn, user_identity_account_id AS actor_account_id,
  CASE
    WHEN principal_type = 'service' THEN 'service:' || principal
    WHEN user_identity_access_key_id LIKE 'ASIA%' AND user_identity_type IN ('IAMUser', 'Root') AND session_creation_date IS NOT NULL
      THEN principal || '|' || strftime(session_creation_date, '%Y-%m-%dT%H:%M:%SZ')
    WHEN user_identity_access_key_id <> '' THEN user_identity_access_key_id
    WHEN arn <> '' THEN arn
    WHEN principal_type IN ('account', 'federatedUser') THEN coalesce(user_identity_principal_id, principal)
    ELSE principal
  END AS session_key,
  nullif(user_identity_access_key_id, '') AS access_key_id, session_creation_date AS session_created,
  CASE WHEN NOT through_service AND network IS NOT NULL THEN source_ip_address END AS source_ip,
  CASE WHEN NOT through_service THEN network END AS source_net,
  CASE WHEN through_service THEN 'aws-service' ELSE coalesce(address_class, 'none') END AS ip_class,
  -- the console's own servers call as `AWS Internal` from the user's address
  user_agent, CASE WHEN ua_family = 'aws internal' AND NOT through_service THEN 'aws-console' ELSE ua_family END AS ua_family, user_identity_invoked_by AS invoked_by, through_service AS is_service,
  nullif(coalesce(nullif(regexp_extract(arn, ':assumed-role/.*/(i-[0-9a-f]{8,17})$', 1), ''),
    regexp_extract(CASE WHEN principal_type = 'role' THEN user_identity_principal_id END, ':(i-[0-9a-f]{8,17})$', 1)), '') AS instance_id,
  CASE WHEN event_name = 'ConsoleLogin' THEN (additional_event_data ->> '$.MFAUsed') = 'Yes' ELSE session_mfa_authenticated END AS mfa,
  shared_event_id,
  CASE WHEN event_source = 'sts.amazonaws.com' AND event_name LIKE 'AssumeRole%' THEN request_parameters ->> '$.roleArn' END AS target_role,
  CASE WHEN event_name = 'CreateAccessKey' THEN response_elements ->> '$.accessKey.accessKeyId'
    WHEN event_name LIKE 'AssumeRo%' OR event_name IN ('GetSessionToken', 'GetFederationToken', 'GetCredentialsForIdentity', 'CreateSession')
      THEN response_elements ->> '$.credentials.accessKeyId' END AS issued_key,
  CASE WHEN event_source LIKE 's3%' THEN request_parameters ->> '$.bucketName' END AS bucket
FROM actors
