-- raw(file_id, record_no, r) -> cloudtrail_digests
-- (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html).
-- Region and trail are in the name of the object alone: <account>_CloudTrail-Digest_<region>_<trail>_<home region>_<end>[_backfill].
WITH parsed AS (
  SELECT file_id, record_no, r,
    from_json(r, '{"awsAccountId":"VARCHAR","digestStartTime":"VARCHAR","digestEndTime":"VARCHAR","digestS3Bucket":"VARCHAR","digestS3Object":"VARCHAR",
      "digestPublicKeyFingerprint":"VARCHAR","digestSignatureAlgorithm":"VARCHAR","newestEventTime":"VARCHAR","oldestEventTime":"VARCHAR",
      "previousDigestS3Bucket":"VARCHAR","previousDigestS3Object":"VARCHAR","previousDigestHashValue":"VARCHAR",
      "previousDigestHashAlgorithm":"VARCHAR","previousDigestSignature":"VARCHAR","logFiles":"JSON"}') AS d
  FROM raw
)
SELECT file_id, record_no, hash(r) AS content_hash,
  TRY_CAST(d.digestStartTime AS TIMESTAMPTZ)::TIMESTAMP AS digest_start_time,
  TRY_CAST(d.digestEndTime AS TIMESTAMPTZ)::TIMESTAMP AS digest_end_time,
  d.awsAccountId AS account_id,
  nullif(regexp_extract(d.digestS3Object, '_CloudTrail-Digest_([a-z]{2}(?:-[a-z]+)+-\d)_', 1), '') AS aws_region,
  nullif(regexp_extract(d.digestS3Object, '_CloudTrail-Digest_[a-z]{2}(?:-[a-z]+)+-\d_(.+)_[a-z]{2}(?:-[a-z]+)+-\d_\d{8}T\d{6}Z', 1), '') AS trail,
  d.digestS3Bucket AS digest_s3_bucket, d.digestS3Object AS digest_s3_object,
  d.digestPublicKeyFingerprint AS digest_public_key_fingerprint, d.digestSignatureAlgorithm AS digest_signature_algorithm,
  TRY_CAST(d.newestEventTime AS TIMESTAMPTZ)::TIMESTAMP AS newest_event_time,
  TRY_CAST(d.oldestEventTime AS TIMESTAMPTZ)::TIMESTAMP AS oldest_event_time,
  d.previousDigestS3Bucket AS previous_digest_s3_bucket, d.previousDigestS3Object AS previous_digest_s3_object,
  d.previousDigestHashValue AS previous_digest_hash_value, d.previousDigestHashAlgorithm AS previous_digest_hash_algorithm,
  d.previousDigestSignature AS previous_digest_signature, d.logFiles AS log_files,
  CAST(nullif(CAST(json_merge_patch(r, '{"awsAccountId":null,"digestStartTime":null,"digestEndTime":null,"digestS3Bucket":null,"digestS3Object":null,"digestPublicKeyFingerprint":null,"digestSignatureAlgorithm":null,"newestEventTime":null,"oldestEventTime":null,"previousDigestS3Bucket":null,"previousDigestS3Object":null,"previousDigestHashValue":null,"previousDigestHashAlgorithm":null,"previousDigestSignature":null,"logFiles":null}') AS VARCHAR), '{}') AS JSON) AS extra
FROM parsed
