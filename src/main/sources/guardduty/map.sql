-- raw(file_id, record_no, r) -> provider_findings, for findings in the S3 export's spelling of keys.
WITH parsed AS (
  SELECT file_id, record_no, r,
    json_extract_string(r, ['$.id', '$.arn', '$.type', '$.title', '$.description', '$.severity', '$.accountId', '$.region', '$.createdAt',
      '$.updatedAt', '$.service.eventFirstSeen', '$.service.eventLastSeen', '$.service.count', '$.service.archived']) AS v,
    json_merge_patch(r, '{"id":null,"arn":null,"type":null,"title":null,"description":null,"severity":null,"accountId":null,"region":null,"createdAt":null,"updatedAt":null,"resource":null,"service":null}') AS rest
  FROM raw
), timed AS (
  SELECT *, TRY_CAST(v[9] AS TIMESTAMPTZ)::TIMESTAMP AS created, TRY_CAST(v[10] AS TIMESTAMPTZ)::TIMESTAMP AS updated,
    TRY_CAST(v[11] AS TIMESTAMPTZ)::TIMESTAMP AS seen_first, TRY_CAST(v[12] AS TIMESTAMPTZ)::TIMESTAMP AS seen_last
  FROM parsed
)
SELECT file_id, record_no, hash(r) AS content_hash, 'guardduty' AS provider, v[1] AS finding_id, v[2] AS finding_arn, v[3] AS type, v[4] AS title,
  v[5] AS description, TRY_CAST(v[6] AS DOUBLE) AS severity_score, v[7] AS account_id, v[8] AS aws_region, created AS created_at,
  coalesce(updated, created, seen_last, seen_first) AS updated_at, coalesce(seen_first, created, updated) AS first_seen,
  coalesce(seen_last, updated, created) AS last_seen, TRY_CAST(v[13] AS BIGINT) AS count, TRY_CAST(v[14] AS BOOLEAN) AS archived,
  json_extract(r, '$.resource') AS resource, json_extract(r, '$.service') AS service,
  CAST(nullif(CAST(rest AS VARCHAR), '{}') AS JSON) AS extra
FROM timed
