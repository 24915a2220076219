-- raw(file_id, record_no, r) -> cloudtrail_public_keys (https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PublicKey.html).
-- Times are seconds since the epoch or ISO text, by the version of the command line.
WITH parsed AS (
  SELECT file_id, record_no, r,
    from_json(r, '{"Fingerprint":"VARCHAR","Value":"VARCHAR","ValidityStartTime":"VARCHAR","ValidityEndTime":"VARCHAR"}') AS k
  FROM raw
)
SELECT file_id, record_no, hash(r) AS content_hash,
  coalesce(make_timestamp(CAST(TRY_CAST(k.ValidityStartTime AS DOUBLE) * 1000000 AS BIGINT)), TRY_CAST(k.ValidityStartTime AS TIMESTAMPTZ)::TIMESTAMP) AS validity_start_time,
  coalesce(make_timestamp(CAST(TRY_CAST(k.ValidityEndTime AS DOUBLE) * 1000000 AS BIGINT)), TRY_CAST(k.ValidityEndTime AS TIMESTAMPTZ)::TIMESTAMP) AS validity_end_time,
  k.Fingerprint AS fingerprint, k.Value AS value,
  CAST(nullif(CAST(json_merge_patch(r, '{"Fingerprint":null,"Value":null,"ValidityStartTime":null,"ValidityEndTime":null}') AS VARCHAR), '{}') AS JSON) AS extra
FROM parsed
