-- raw(file_id, record_no, r) -> events. One json_extract_string with all paths parses each record once; a field of an
-- unexpected type becomes its text instead of failing the statement.
WITH parsed AS (
  SELECT file_id, record_no, r, hash(r) AS content_hash,
    json_extract_string(r, ['$.eventTime', '$.eventID', '$.eventVersion', '$.eventType', '$.eventCategory', '$.eventSource', '$.eventName',
      '$.awsRegion', '$.sourceIPAddress', '$.userAgent', '$.errorCode', '$.errorMessage', '$.requestID', '$.recipientAccountId',
      '$.sharedEventID', '$.readOnly', '$.managementEvent', '$.vpcEndpointId', '$.userIdentity.type', '$.userIdentity.principalId',
      '$.userIdentity.arn', '$.userIdentity.accountId', '$.userIdentity.accessKeyId', '$.userIdentity.userName', '$.userIdentity.invokedBy',
      '$.userIdentity.sessionContext.sessionIssuer.type', '$.userIdentity.sessionContext.sessionIssuer.arn',
      '$.userIdentity.sessionContext.attributes.creationDate', '$.userIdentity.sessionContext.attributes.mfaAuthenticated',
      '$.userIdentity.sessionContext.ec2RoleDelivery', '$.userIdentity', '$.requestParameters', '$.responseElements',
      '$.additionalEventData', '$.resources']) AS v,
    json_merge_patch(r, '{"eventTime":null,"eventID":null,"eventVersion":null,"eventType":null,"eventCategory":null,"eventSource":null,"eventName":null,"awsRegion":null,"sourceIPAddress":null,"userAgent":null,"errorCode":null,"errorMessage":null,"requestID":null,"recipientAccountId":null,"sharedEventID":null,"readOnly":null,"managementEvent":null,"vpcEndpointId":null,"userIdentity":null,"requestParameters":null,"responseElements":null,"additionalEventData":null,"resources":null}') AS rest
  FROM raw
)
SELECT file_id, record_no, content_hash,
  CAST(TRY_CAST(v[1] AS TIMESTAMPTZ) AS TIMESTAMP) AS event_time,
  v[2] AS event_id, v[3] AS event_version, v[4] AS event_type, v[5] AS event_category, v[6] AS event_source, v[7] AS event_name,
  v[8] AS aws_region, v[9] AS source_ip_address, v[10] AS user_agent, v[11] AS error_code, v[12] AS error_message, v[13] AS request_id,
  v[14] AS recipient_account_id, v[15] AS shared_event_id, TRY_CAST(v[16] AS BOOLEAN) AS read_only,
  TRY_CAST(v[17] AS BOOLEAN) AS management_event, v[18] AS vpc_endpoint_id, v[19] AS user_identity_type,
  v[20] AS user_identity_principal_id, v[21] AS user_identity_arn, v[22] AS user_identity_account_id,
  v[23] AS user_identity_access_key_id, v[24] AS user_identity_user_name, v[25] AS user_identity_invoked_by,
  v[26] AS session_issuer_type, v[27] AS session_issuer_arn,
  CAST(TRY_CAST(v[28] AS TIMESTAMPTZ) AS TIMESTAMP) AS session_creation_date, TRY_CAST(v[29] AS BOOLEAN) AS session_mfa_authenticated,
  v[30] AS session_ec2_role_delivery,
  CASE WHEN v[31] IS NOT NULL THEN CAST(json_extract(r, '$.userIdentity') AS JSON) END AS user_identity,
  CASE WHEN v[32] IS NOT NULL THEN CAST(json_extract(r, '$.requestParameters') AS JSON) END AS request_parameters,
  CASE WHEN v[33] IS NOT NULL THEN CAST(json_extract(r, '$.responseElements') AS JSON) END AS response_elements,
  CASE WHEN v[34] IS NOT NULL THEN CAST(json_extract(r, '$.additionalEventData') AS JSON) END AS additional_event_data,
  CASE WHEN v[35] IS NOT NULL THEN CAST(json_extract(r, '$.resources') AS JSON) END AS resources,
  CAST(CASE WHEN CAST(rest AS VARCHAR) <> '{}' THEN rest END AS JSON) AS extra
FROM parsed
