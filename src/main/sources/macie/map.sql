-- raw(file_id, record_no, r) -> provider_findings, for findings of Macie in its own form
-- (https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html).
WITH parsed AS (
  SELECT file_id, record_no, r,
    json_extract_string(r, ['$.id', '$.type', '$.title', '$.description', '$.severity.description', '$.accountId', '$.region', '$.count', '$.archived']) AS v,
    list_transform(json_extract_string(r, ['$.createdAt', '$.updatedAt']), t -> TRY_CAST(t AS TIMESTAMPTZ)::TIMESTAMP) AS times,
    json_merge_patch(r, '{"id":null,"type":null,"title":null,"description":null,"accountId":null,"region":null,"createdAt":null,"updatedAt":null,"count":null,"archived":null,"resourcesAffected":null,"classificationDetails":null,"policyDetails":null}') AS rest
  FROM raw
)
SELECT file_id, record_no, hash(r) AS content_hash, 'macie' AS provider, v[1] AS finding_id, CAST(NULL AS VARCHAR) AS finding_arn,
  v[2] AS type, v[3] AS title, v[4] AS description,
  CASE upper(v[5]) WHEN 'CRITICAL' THEN 9.0 WHEN 'HIGH' THEN 7.0 WHEN 'MEDIUM' THEN 4.0 WHEN 'LOW' THEN 1.0 END AS severity_score,
  v[6] AS account_id, v[7] AS aws_region, times[1] AS created_at, coalesce(times[2], times[1]) AS updated_at, coalesce(times[1], times[2]) AS first_seen,
  coalesce(times[2], times[1]) AS last_seen, TRY_CAST(v[8] AS BIGINT) AS count, coalesce(TRY_CAST(v[9] AS BOOLEAN), false) AS archived,
  json_extract(r, '$.resourcesAffected') AS resource, coalesce(json_extract(r, '$.policyDetails'), json_extract(r, '$.classificationDetails')) AS service,
  CAST(nullif(CAST(rest AS VARCHAR), '{}') AS JSON) AS extra
FROM parsed
