-- Everything in the case that names somebody or something of theirs.
SELECT DISTINCT kind, value FROM (
  SELECT entity_type AS kind, entity_id AS value FROM entities WHERE entity_type NOT IN ('service', 'userAgent')
  UNION ALL
  SELECT entity_type, entity_id FROM finding_entities WHERE entity_type NOT IN ('service', 'userAgent')
  UNION ALL
  SELECT 'account', unnest([account_id, actor_account_id]) FROM (SELECT DISTINCT account_id, actor_account_id FROM calls)
  UNION ALL
  SELECT 'roleSession', actor_arn FROM (SELECT DISTINCT actor_arn FROM calls)
  UNION ALL
  SELECT 'address', source_ip FROM (SELECT DISTINCT source_ip FROM calls)
  UNION ALL
  SELECT 'bucket', bucket FROM (SELECT DISTINCT bucket FROM calls)
  UNION ALL
  SELECT 'user', user_identity_user_name FROM (SELECT DISTINCT user_identity_user_name FROM events)
  UNION ALL
  SELECT 'principal', user_identity_principal_id FROM (SELECT DISTINCT user_identity_principal_id FROM events)
  UNION ALL
  SELECT 'folder', left(path, length(path) - length(name)) FROM files WHERE ends_with(path, name) AND length(path) > length(name)
)
WHERE value IS NOT NULL AND length(value) > 2
ORDER BY kind, value
