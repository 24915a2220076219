SELECT c.kind, c.state, c.account_id, c.aws_region, c.trail, c.object_key, c.first_time, c.last_time, f.name AS file, c.expected_sha256,
  c.found_sha256, c.detail
FROM digest_checks c LEFT JOIN files f USING (file_id)
WHERE (CAST($state AS VARCHAR) IS NULL OR c.state = $state)
  AND ($filter = '' OR contains(lower(concat_ws(' ', c.object_key, f.path, c.account_id, c.aws_region, c.trail)), lower($filter)))
