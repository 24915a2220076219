-- raw(file_id, record_no, r) -> k8s_audit. `@log` is what the delivery told: {time, owner, group, stream, cluster, region}.
WITH parsed AS (
  SELECT file_id, record_no, r,
    from_json(r, '{"auditID":"VARCHAR","level":"VARCHAR","stage":"VARCHAR","verb":"VARCHAR","requestURI":"VARCHAR","userAgent":"VARCHAR",
      "requestReceivedTimestamp":"VARCHAR","stageTimestamp":"VARCHAR","timestamp":"VARCHAR","sourceIPs":"JSON","user":"JSON","impersonatedUser":"JSON",
      "objectRef":"JSON","responseStatus":"JSON","annotations":"JSON","requestObject":"JSON","responseObject":"JSON","@log":"JSON","metadata":"JSON"}') AS e,
    json_merge_patch(r, '{"kind":null,"auditID":null,"level":null,"stage":null,"verb":null,"requestURI":null,"userAgent":null,"requestReceivedTimestamp":null,"stageTimestamp":null,"sourceIPs":null,"user":null,"responseStatus":null,"annotations":null,"requestObject":null,"responseObject":null}') AS rest
  FROM raw
), opened AS (
  SELECT *,
    from_json(e."user", '{"username":"VARCHAR","uid":"VARCHAR","groups":"JSON","extra":"JSON"}') AS u,
    from_json(e.impersonatedUser, '{"username":"VARCHAR","groups":"JSON"}') AS i,
    from_json(e.objectRef, '{"resource":"VARCHAR","subresource":"VARCHAR","namespace":"VARCHAR","name":"VARCHAR","apiGroup":"VARCHAR","apiVersion":"VARCHAR"}') AS o,
    from_json(e.responseStatus, '{"code":"VARCHAR","status":"VARCHAR","reason":"VARCHAR","message":"VARCHAR"}') AS s,
    from_json(e."@log", '{"time":"VARCHAR","owner":"VARCHAR","group":"VARCHAR","cluster":"VARCHAR","region":"VARCHAR"}') AS l
  FROM parsed
), timed AS (
  SELECT *, TRY_CAST(e.requestReceivedTimestamp AS TIMESTAMPTZ)::TIMESTAMP AS received, TRY_CAST(e.stageTimestamp AS TIMESTAMPTZ)::TIMESTAMP AS staged,
    coalesce(u.extra ->> '$.canonicalArn[0]', u.extra ->> '$.arn[0]') AS arn,
    CASE WHEN json_type(e.sourceIPs) = 'ARRAY' THEN json_extract_string(e.sourceIPs, '$[*]') END AS addresses
  FROM opened
)
SELECT file_id, record_no, hash(r) AS content_hash,
  coalesce(received, staged, TRY_CAST(e.timestamp AS TIMESTAMPTZ)::TIMESTAMP,
    TRY_CAST(e.metadata ->> '$.creationTimestamp' AS TIMESTAMPTZ)::TIMESTAMP, TRY_CAST(l.time AS TIMESTAMPTZ)::TIMESTAMP) AS event_time,
  e.auditID AS audit_id, e.level AS level, e.stage AS stage, staged AS stage_timestamp, e.verb AS verb, e.requestURI AS request_uri,
  u.username AS user_username, u.uid AS user_uid, CASE WHEN json_type(u.groups) = 'ARRAY' THEN json_extract_string(u.groups, '$[*]') END AS user_groups,
  arn AS user_arn, u.extra ->> '$.sessionName[0]' AS user_session_name, u.extra ->> '$.accessKeyId[0]' AS user_access_key_id, u.extra AS user_extra,
  i.username AS impersonated_username, CASE WHEN json_type(i.groups) = 'ARRAY' THEN json_extract_string(i.groups, '$[*]') END AS impersonated_groups,
  addresses[1] AS source_ip, addresses AS source_ips, e.userAgent AS user_agent,
  o.resource AS object_resource, o.subresource AS object_subresource, o.namespace AS object_namespace, o.name AS object_name,
  o.apiGroup AS object_api_group, o.apiVersion AS object_api_version,
  TRY_CAST(s.code AS INTEGER) AS response_code, s.status AS response_status, s.reason AS response_reason, s.message AS response_message,
  e.annotations ->> '$."authorization.k8s.io/decision"' AS decision, e.annotations ->> '$."authorization.k8s.io/reason"' AS decision_reason,
  e.annotations AS annotations, e.requestObject AS request_object, e.responseObject AS response_object,
  coalesce(l.owner, nullif(regexp_extract(arn, '^arn:[^:]*:[^:]*::(\d{12}):', 1), '')) AS account_id, l.region AS aws_region,
  coalesce(l.cluster, nullif(regexp_extract(l."group", '^/aws/eks/([^/]+)/cluster$', 1), '')) AS cluster,
  CAST(nullif(CAST(rest AS VARCHAR), '{}') AS JSON) AS extra
FROM timed
