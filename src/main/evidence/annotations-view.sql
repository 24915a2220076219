SELECT
  annotation_id,
  arg_max(kind, n) AS kind,
  arg_max(subject_kind, n) AS subject_kind,
  arg_max(subject_type, n) AS subject_type,
  arg_max(subject_id, n) AS subject_id,
  arg_max(title, n) AS title,
  arg_max(text, n) AS text,
  arg_max(author, n) AS author,
  min(written) AS created_at,
  max(written) AS changed_at,
  count(*) AS revisions,
  arg_max(revision, n) AS revision,
  nullif(arg_max(rival_of, n), '') AS rival_of
FROM (
  SELECT
    n,
    detail ->> 'id' AS annotation_id,
    detail ->> 'kind' AS kind,
    detail ->> 'subjectKind' AS subject_kind,
    detail ->> 'subjectType' AS subject_type,
    detail ->> 'subjectId' AS subject_id,
    detail ->> 'title' AS title,
    detail ->> 'text' AS text,
    coalesce(detail ->> 'rivalOf', '') AS rival_of,
    coalesce((detail ->> 'removed') = 'true', false) AS removed,
    coalesce(detail ->> 'author', who) AS author,
    TRY_CAST(coalesce(detail ->> 'writtenAt', "at") AS TIMESTAMP) AS written,
    coalesce(detail ->> 'revision', hash) AS revision
  FROM read_json($log, format = 'newline_delimited', ignore_errors = true, columns = {
    n: 'BIGINT', "at": 'VARCHAR', who: 'VARCHAR', action: 'VARCHAR', detail: 'JSON', hash: 'VARCHAR'
  })
  WHERE action = 'noted'
)
GROUP BY annotation_id
HAVING NOT arg_max(removed, n)
