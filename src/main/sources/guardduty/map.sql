-- raw(file_id, record_no, r) -> provider_findings, for findings in the S3 export's spelling of keys.
WITH parsed AS (
  SELECT file_id, record_no, r, hash(r) AS content_hash,
    json_extract_string(r, ['$.id', '$.arn', '$.type', '$.title', '$.description', '$.severity', '$.accountId', '$.region', '$.createdAt',
      '$.updatedAt', '$.service.eventFirstSeen', '$.service.eventLastSeen', '$.service.count', '$.service.archived']) AS v,
    json_merge_patch(r, '{"id":null,"arn":null,"type":null,"title":null,"description":null,"severity":null,"accountId":null,"region":null,"createdAt":null,"updatedAt":null,"resource":null,"service":null}') AS rest
  FROM raw
)
SELECT file_id, record_no, content_hash, 'guardduty' AS provider, v[1] AS finding_id, v[2] AS finding_arn, v[3] AS type, v[4] AS title,
  v[5] AS description, TRY_CAST(v[6] AS DOUBLE) AS severity_score, v[7] AS account_id, v[8] AS aws_region,
  CAST(TRY_CAST(v[9] AS TIMESTAMPTZ) AS TIMESTAMP) AS created_at,
  CAST(TRY_CAST(coalesce(v[10], v[9]) AS TIMESTAMPTZ) AS TIMESTAMP) AS updated_at,
  CAST(coalesce(TRY_CAST(v[11] AS TIMESTAMPTZ), TRY_CAST(v[9] AS TIMESTAMPTZ)) AS TIMESTAMP) AS first_seen,
  CAST(coalesce(TRY_CAST(v[12] AS TIMESTAMPTZ), TRY_CAST(v[10] AS TIMESTAMPTZ), TRY_CAST(v[9] AS TIMESTAMPTZ)) AS TIMESTAMP) AS last_seen,
  TRY_CAST(v[13] AS BIGINT) AS count, TRY_CAST(v[14] AS BOOLEAN) AS archived,
  CAST(json_extract(r, '$.resource') AS JSON) AS resource, CAST(json_extract(r, '$.service') AS JSON) AS service,
  CAST(CASE WHEN CAST(rest AS VARCHAR) <> '{}' THEN rest END AS JSON) AS extra
FROM parsed
