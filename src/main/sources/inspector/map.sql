-- raw(file_id, record_no, r) -> provider_findings, for findings of Inspector in its own form
-- (https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html).
WITH parsed AS (
  SELECT file_id, record_no, r,
    json_extract_string(r, ['$.findingArn', '$.type', '$.title', '$.description', '$.severity', '$.awsAccountId', '$.status', '$.resources[0].region']) AS v,
    -- ISO, seconds since 1970, or `Jan 19, 2022, 10:46:15 PM` as EventBridge has them
    list_transform(json_extract_string(r, ['$.firstObservedAt', '$.updatedAt', '$.lastObservedAt']), t -> coalesce(TRY_CAST(t AS TIMESTAMPTZ)::TIMESTAMP,
      CAST(try_strptime(t, '%b %d, %Y, %I:%M:%S %p') AS TIMESTAMP), CASE WHEN TRY_CAST(t AS DOUBLE) BETWEEN 0 AND 4102444800 THEN make_timestamp(CAST(TRY_CAST(t AS DOUBLE) * 1e6 AS BIGINT)) END)) AS times,
    json_merge_patch(r, '{"findingArn":null,"title":null,"description":null,"awsAccountId":null,"resources":null}') AS rest
  FROM raw
)
SELECT file_id, record_no, hash(r) AS content_hash, 'inspector' AS provider, v[1] AS finding_id, CASE WHEN v[1] LIKE 'arn:%' THEN v[1] END AS finding_arn,
  v[2] AS type, v[3] AS title, v[4] AS description,
  CASE upper(v[5]) WHEN 'CRITICAL' THEN 9.0 WHEN 'HIGH' THEN 7.0 WHEN 'MEDIUM' THEN 4.0 WHEN 'LOW' THEN 1.0 WHEN 'INFORMATIONAL' THEN 0.0 END AS severity_score,
  v[6] AS account_id, coalesce(v[8], nullif(split_part(v[1], ':', 4), '')) AS aws_region, times[1] AS created_at,
  coalesce(times[2], times[3], times[1]) AS updated_at, coalesce(times[1], times[2]) AS first_seen, coalesce(times[3], times[2], times[1]) AS last_seen,
  CAST(NULL AS BIGINT) AS count, coalesce(upper(v[7]) IN ('CLOSED', 'SUPPRESSED'), false) AS archived,
  json_extract(r, '$.resources') AS resource, CAST(NULL AS JSON) AS service, CAST(nullif(CAST(rest AS VARCHAR), '{}') AS JSON) AS extra
FROM parsed
