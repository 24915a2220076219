-- Log files against the digests that name them: by the hash of their decompressed bytes, wherever they lie; a file of the
-- same name with another hash was changed. checked_digests holds the digests, already judged.
CREATE OR REPLACE TEMP TABLE digest_results AS
WITH named AS (
  SELECT d.file_id AS digest_file_id, c.state AS digest_state, d.account_id, d.aws_region, d.trail, coalesce(l ->> '$.s3Bucket', '') AS bucket,
    coalesce(l ->> '$.s3Object', '') AS object_key, lower(coalesce(l ->> '$.hashValue', '')) AS hash,
    TRY_CAST(l ->> '$.oldestEventTime' AS TIMESTAMPTZ)::TIMESTAMP AS first_time, TRY_CAST(l ->> '$.newestEventTime' AS TIMESTAMPTZ)::TIMESTAMP AS last_time
  FROM cloudtrail_digests d
  JOIN checked_digests c ON c.file_id = d.file_id AND c.record_no = d.record_no,
    unnest(CASE WHEN json_type(d.log_files) = 'ARRAY' THEN from_json(d.log_files, '["JSON"]') END) AS t(l)
), entries AS ( -- a log file that several copies of a digest name is one
  SELECT bucket, object_key, hash, regexp_replace(regexp_extract(object_key, '[^/]+$'), '\.gz$', '') AS base,
    arg_min(named, concat(digest_state <> 'valid', lpad(CAST(digest_file_id AS VARCHAR), 12, '0'))) AS n
  FROM named GROUP BY bucket, object_key, hash
), originals AS ( -- a path that was imported again counts as it was last
  SELECT any_value(file_id ORDER BY file_id DESC) AS file_id, path,
    any_value(coalesce(content_sha256, sha256) ORDER BY file_id DESC) AS hash, any_value(source ORDER BY file_id DESC) AS source,
    regexp_replace(regexp_extract(path, '[^/\\!]+$'), '\.gz$', '') AS base, regexp_extract(path, '^(.*?)AWSLogs[/\\]', 1) AS root
  FROM files WHERE sha256 <> '' AND state <> 'removed' GROUP BY path
), same AS (
  SELECT e.bucket, e.object_key, e.hash, min(o.file_id) AS file_id FROM entries e JOIN originals o USING (hash) GROUP BY ALL
), other AS (
  SELECT e.bucket, e.object_key, e.hash, o.file_id, o.hash AS found FROM entries e JOIN originals o USING (base)
  WHERE base <> '' AND o.hash NOT IN (SELECT hash FROM entries)
), logs AS (
  SELECT 'valid' AS state, e, s.file_id, e.hash AS found FROM entries e JOIN same s USING (bucket, object_key, hash)
  UNION ALL
  SELECT 'changed', e, o.file_id, o.found FROM entries e JOIN other o USING (bucket, object_key, hash)
  UNION ALL
  SELECT 'missing', e, NULL, NULL FROM entries e ANTI JOIN same USING (bucket, object_key, hash) ANTI JOIN other o2 ON o2.bucket = e.bucket AND o2.object_key = e.object_key AND o2.hash = e.hash
), trails AS ( -- where the digests of each trail lie, and what time they cover
  SELECT d.account_id, d.aws_region, d.trail, d.file_id, o.root, d.digest_start_time AS first_time, d.digest_end_time AS last_time,
    max(d.digest_start_time) OVER (PARTITION BY d.account_id, d.aws_region, o.root) AS newest
  FROM cloudtrail_digests d JOIN originals o ON o.file_id = d.file_id
), delivered AS ( -- log files by the time, account and Region of their names
  SELECT file_id, hash, root, base, regexp_extract(base, '^(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{8}T\d{4})Z_', ['account', 'region', 'time']) AS told
  FROM originals WHERE source = 'cloudtrail' AND base NOT IN (SELECT base FROM entries) AND hash NOT IN (SELECT hash FROM entries)
), unlisted AS ( -- of a time whose digest is here, and the one after it too: a late log file would be in that
  SELECT d.file_id, d.hash, d.base, t.account_id, t.aws_region, any_value(t.trail) AS trail, min(t.file_id) AS digest_file_id,
    try_strptime(d.told.time, '%Y%m%dT%H%M') AS delivered
  FROM delivered d JOIN trails t ON t.account_id = d.told.account AND t.aws_region = d.told.region AND t.root = d.root
    AND try_strptime(d.told.time, '%Y%m%dT%H%M') >= t.first_time AND try_strptime(d.told.time, '%Y%m%dT%H%M') < t.last_time AND t.newest >= t.last_time
  GROUP BY ALL
)
SELECT kind, state, account_id, aws_region, trail, bucket, object_key, CAST(first_time AS TIMESTAMP) AS first_time, CAST(last_time AS TIMESTAMP) AS last_time,
  file_id, digest_file_id, CAST(NULL AS VARCHAR) AS digest_state, expected_sha256, found_sha256, key_fingerprint, detail
FROM checked_rows
UNION ALL
SELECT 'log', state, e.n.account_id, e.n.aws_region, e.n.trail, e.bucket, e.object_key, e.n.first_time, e.n.last_time, file_id,
  e.n.digest_file_id, e.n.digest_state, e.hash, found, NULL,
  CASE state WHEN 'valid' THEN 'its hash is right' WHEN 'changed' THEN 'its hash is not the one that the digest names'
    ELSE 'a digest names it; it was deleted or not handed over' END
    || CASE WHEN e.n.digest_state = 'changed' THEN ', but that digest was changed itself' ELSE '' END
FROM logs
UNION ALL
SELECT 'log', 'unlisted', account_id, aws_region, trail, NULL, base, delivered, delivered, file_id, digest_file_id, NULL, NULL, hash, NULL,
  'no digest names it, though the digests of its time are here: it was put there by somebody else, or is of another trail'
FROM unlisted
