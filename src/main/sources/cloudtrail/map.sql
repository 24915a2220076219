-- raw(file_id, record_no, r) -> events. from_json parses a record once and gives NULL or the text of a value of an
-- unexpected type instead of failing. `extra` is put together from the keys that are common beside the columns; when a
-- record has any other key (more keys than are accounted for), it is the whole record less the columns.
WITH parsed AS (
  SELECT file_id, record_no, r, len(json_keys(r)) AS keys,
    from_json(r, '{"eventTime":"VARCHAR","eventID":"VARCHAR","eventVersion":"VARCHAR","eventType":"VARCHAR","eventCategory":"VARCHAR",
      "eventSource":"VARCHAR","eventName":"VARCHAR","awsRegion":"VARCHAR","sourceIPAddress":"VARCHAR","userAgent":"VARCHAR",
      "errorCode":"VARCHAR","errorMessage":"VARCHAR","requestID":"VARCHAR","recipientAccountId":"VARCHAR","sharedEventID":"VARCHAR",
      "readOnly":"VARCHAR","managementEvent":"VARCHAR","vpcEndpointId":"VARCHAR","userIdentity":"JSON","requestParameters":"JSON",
      "responseElements":"JSON","additionalEventData":"JSON","resources":"JSON","tlsDetails":"JSON","apiVersion":"JSON",
      "sessionCredentialFromConsole":"JSON","eventContext":"JSON","serviceEventDetails":"JSON","insightDetails":"JSON",
      "edgeDeviceDetails":"JSON","addendum":"JSON","vpcEndpointAccountId":"JSON"}') AS e
  FROM raw
), identified AS (
  SELECT *,
    from_json(e.userIdentity, '{"type":"VARCHAR","principalId":"VARCHAR","arn":"VARCHAR","accountId":"VARCHAR","accessKeyId":"VARCHAR",
      "userName":"VARCHAR","invokedBy":"VARCHAR","sessionContext":{"ec2RoleDelivery":"VARCHAR","sessionIssuer":{"type":"VARCHAR","arn":"VARCHAR"},
      "attributes":{"creationDate":"VARCHAR","mfaAuthenticated":"VARCHAR"}}}') AS u,
    TRY_CAST(e.readOnly AS BOOLEAN) AS read_only,
    TRY_CAST(e.managementEvent AS BOOLEAN) AS management_event,
    (e.eventTime IS NOT NULL)::UTINYINT + (e.eventID IS NOT NULL)::UTINYINT + (e.eventVersion IS NOT NULL)::UTINYINT
      + (e.eventType IS NOT NULL)::UTINYINT + (e.eventCategory IS NOT NULL)::UTINYINT + (e.eventSource IS NOT NULL)::UTINYINT
      + (e.eventName IS NOT NULL)::UTINYINT + (e.awsRegion IS NOT NULL)::UTINYINT + (e.sourceIPAddress IS NOT NULL)::UTINYINT
      + (e.userAgent IS NOT NULL)::UTINYINT + (e.errorCode IS NOT NULL)::UTINYINT + (e.errorMessage IS NOT NULL)::UTINYINT
      + (e.requestID IS NOT NULL)::UTINYINT + (e.recipientAccountId IS NOT NULL)::UTINYINT + (e.sharedEventID IS NOT NULL)::UTINYINT
      + (e.readOnly IS NOT NULL)::UTINYINT + (e.managementEvent IS NOT NULL)::UTINYINT + (e.vpcEndpointId IS NOT NULL)::UTINYINT
      + (e.userIdentity IS NOT NULL)::UTINYINT + (e.requestParameters IS NOT NULL)::UTINYINT
      + (e.responseElements IS NOT NULL)::UTINYINT + (e.additionalEventData IS NOT NULL)::UTINYINT + (e.resources IS NOT NULL)::UTINYINT
      + CASE WHEN e.requestParameters IS NULL THEN contains(r, '"requestParameters":null')::UTINYINT ELSE 0::UTINYINT END
      + CASE WHEN e.responseElements IS NULL THEN contains(r, '"responseElements":null')::UTINYINT ELSE 0::UTINYINT END AS with_column,
    (e.apiVersion IS NOT NULL)::UTINYINT + (e.sessionCredentialFromConsole IS NOT NULL)::UTINYINT + (e.eventContext IS NOT NULL)::UTINYINT
      + (e.serviceEventDetails IS NOT NULL)::UTINYINT + (e.insightDetails IS NOT NULL)::UTINYINT
      + (e.edgeDeviceDetails IS NOT NULL)::UTINYINT + (e.addendum IS NOT NULL)::UTINYINT
      + (e.vpcEndpointAccountId IS NOT NULL)::UTINYINT AS beside
  FROM parsed
)
SELECT file_id, record_no, hash(r) AS content_hash,
  TRY_CAST(e.eventTime AS TIMESTAMPTZ)::TIMESTAMP AS event_time,
  e.eventID AS event_id, e.eventVersion AS event_version, e.eventType AS event_type, e.eventCategory AS event_category,
  e.eventSource AS event_source, e.eventName AS event_name, e.awsRegion AS aws_region, e.sourceIPAddress AS source_ip_address,
  e.userAgent AS user_agent, e.errorCode AS error_code, e.errorMessage AS error_message, e.requestID AS request_id,
  e.recipientAccountId AS recipient_account_id, e.sharedEventID AS shared_event_id, read_only, management_event,
  e.vpcEndpointId AS vpc_endpoint_id, u.type AS user_identity_type, u.principalId AS user_identity_principal_id,
  u.arn AS user_identity_arn, u.accountId AS user_identity_account_id, u.accessKeyId AS user_identity_access_key_id,
  u.userName AS user_identity_user_name, u.invokedBy AS user_identity_invoked_by,
  u.sessionContext.sessionIssuer.type AS session_issuer_type, u.sessionContext.sessionIssuer.arn AS session_issuer_arn,
  TRY_CAST(u.sessionContext.attributes.creationDate AS TIMESTAMPTZ)::TIMESTAMP AS session_creation_date,
  TRY_CAST(u.sessionContext.attributes.mfaAuthenticated AS BOOLEAN) AS session_mfa_authenticated,
  u.sessionContext.ec2RoleDelivery AS session_ec2_role_delivery,
  e.userIdentity AS user_identity, e.requestParameters AS request_parameters, e.responseElements AS response_elements,
  e.additionalEventData AS additional_event_data, e.resources AS resources,
  CASE
    WHEN keys <> with_column + beside + (e.tlsDetails IS NOT NULL)::UTINYINT
      OR (e.readOnly IS NOT NULL AND read_only IS NULL) OR (e.managementEvent IS NOT NULL AND management_event IS NULL) THEN
      CAST(nullif(CAST(json_merge_patch(r, CASE
        WHEN (e.readOnly IS NOT NULL AND read_only IS NULL) OR (e.managementEvent IS NOT NULL AND management_event IS NULL) THEN
          '{"eventTime":null,"eventID":null,"eventVersion":null,"eventType":null,"eventCategory":null,"eventSource":null,"eventName":null,"awsRegion":null,"sourceIPAddress":null,"userAgent":null,"errorCode":null,"errorMessage":null,"requestID":null,"recipientAccountId":null,"sharedEventID":null,"vpcEndpointId":null,"userIdentity":null,"requestParameters":null,"responseElements":null,"additionalEventData":null,"resources":null}'
        ELSE '{"eventTime":null,"eventID":null,"eventVersion":null,"eventType":null,"eventCategory":null,"eventSource":null,"eventName":null,"awsRegion":null,"sourceIPAddress":null,"userAgent":null,"errorCode":null,"errorMessage":null,"requestID":null,"recipientAccountId":null,"sharedEventID":null,"readOnly":null,"managementEvent":null,"vpcEndpointId":null,"userIdentity":null,"requestParameters":null,"responseElements":null,"additionalEventData":null,"resources":null}'
        END) AS VARCHAR), '{}') AS JSON)
    WHEN beside > 0 THEN CAST('{' || concat_ws(',', '"tlsDetails":' || e.tlsDetails, '"apiVersion":' || e.apiVersion,
      '"sessionCredentialFromConsole":' || e.sessionCredentialFromConsole, '"eventContext":' || e.eventContext,
      '"serviceEventDetails":' || e.serviceEventDetails, '"insightDetails":' || e.insightDetails,
      '"edgeDeviceDetails":' || e.edgeDeviceDetails, '"addendum":' || e.addendum,
      '"vpcEndpointAccountId":' || e.vpcEndpointAccountId) || '}' AS JSON)
    WHEN e.tlsDetails IS NOT NULL THEN CAST('{"tlsDetails":' || e.tlsDetails || '}' AS JSON)
  END AS extra
FROM identified
