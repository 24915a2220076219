-- Annotations with the name of what they are about, and where a record lies in this case.
SELECT
  a.annotation_id AS id,
  a.kind,
  {'kind': a.subject_kind, 'type': coalesce(a.subject_type, ''), 'id': coalesce(a.subject_id, '')} AS subject,
  coalesce(a.title, '') AS title,
  coalesce(a.text, '') AS text,
  coalesce(a.author, '') AS author,
  a.created_at AS "createdAt",
  a.changed_at AS "changedAt",
  a.revisions,
  a.rival_of AS "rivalOf",
  CASE WHEN f.file_id IS NOT NULL THEN {'fileId': f.file_id, 'recordNo': f.record_no} END AS record,
  CASE a.subject_kind
    WHEN 'incident' THEN i.title
    WHEN 'finding' THEN n.title
    WHEN 'entity' THEN a.subject_id
    WHEN 'record' THEN concat('Record ', f.record_no, ' of ', f.name)
  END AS label
FROM annotations a
LEFT JOIN incidents i ON a.subject_kind = 'incident' AND i.incident_id = a.subject_id
LEFT JOIN findings n ON a.subject_kind = 'finding' AND n.finding_id = a.subject_id
LEFT JOIN (
  SELECT s.annotation_id, min(f.file_id) AS file_id, any_value(s.record_no) AS record_no, any_value(f.name) AS name
  FROM (
    SELECT annotation_id, split_part(subject_id, ':', 1) AS sha256, TRY_CAST(split_part(subject_id, ':', 2) AS BIGINT) AS record_no
    FROM annotations WHERE subject_kind = 'record'
  ) s JOIN files f USING (sha256)
  WHERE s.record_no IS NOT NULL
  GROUP BY s.annotation_id
) f USING (annotation_id)
WHERE list_contains(CAST(CAST($kinds AS JSON) AS VARCHAR[]), a.kind) AND a.subject_kind IN ('case', 'incident', 'finding', 'entity', 'record')
ORDER BY a.changed_at DESC, a.annotation_id
