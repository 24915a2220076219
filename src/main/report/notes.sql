-- What the analysts wrote, for the report on some incidents ($incidents, a JSON list) or on all (NULL): by what it is about, then by time.
SELECT
  a.annotation_id AS id,
  CASE WHEN a.kind IN ('together', 'apart') THEN 'note' ELSE a.kind END AS kind,
  coalesce(a.title, '') AS title,
  a.subject_kind AS "subjectKind",
  CASE a.subject_kind
    WHEN 'case' THEN 'The case'
    WHEN 'incident' THEN coalesce(i.title, a.subject_id)
    WHEN 'finding' THEN coalesce(f.title, a.subject_id)
    WHEN 'record' THEN coalesce(concat('Record ', split_part(a.subject_id, ':', 2), ' of ', r.name), a.subject_id)
    ELSE a.subject_id
  END AS about,
  CASE
    WHEN a.kind = 'together' THEN concat_ws(': ', concat('Joined by hand with "', coalesce(o.title, a.title), '"'), nullif(a.text, ''))
    WHEN a.kind = 'apart' AND a.title = '' THEN concat_ws(': ', 'Taken out of its incident by hand', nullif(a.text, ''))
    WHEN a.kind = 'apart' THEN concat_ws(': ', concat('Kept apart by hand from "', coalesce(o.title, a.title), '"'), nullif(a.text, ''))
    ELSE a.text
  END AS text,
  a.author,
  a.changed_at AS "changedAt"
FROM annotations a
LEFT JOIN incidents i ON a.subject_kind = 'incident' AND i.incident_id = a.subject_id
LEFT JOIN findings f ON a.subject_kind = 'finding' AND f.finding_id = a.subject_id
LEFT JOIN findings o ON a.kind IN ('together', 'apart') AND o.finding_id = a.title
LEFT JOIN (SELECT sha256, any_value(name ORDER BY file_id) AS name, list(file_id) AS ids FROM files GROUP BY sha256) r
  ON a.subject_kind = 'record' AND r.sha256 = split_part(a.subject_id, ':', 1)
WHERE a.kind IN ('note', 'tag', 'verdict', 'hypothesis', 'argument', 'together', 'apart')
  AND ($incidents IS NULL OR CASE a.subject_kind
    WHEN 'case' THEN true
    WHEN 'incident' THEN list_contains(CAST(CAST($incidents AS JSON) AS VARCHAR[]), a.subject_id)
    WHEN 'finding' THEN a.subject_id IN (
      SELECT finding_id FROM incident_members WHERE list_contains(CAST(CAST($incidents AS JSON) AS VARCHAR[]), incident_id)
    )
    WHEN 'entity' THEN EXISTS (
      SELECT 1 FROM incident_members m JOIN finding_entities n USING (finding_id)
      WHERE list_contains(CAST(CAST($incidents AS JSON) AS VARCHAR[]), m.incident_id) AND n.entity_type = a.subject_type AND n.entity_id = a.subject_id
    )
    ELSE EXISTS (
      SELECT 1 FROM incident_events e
      WHERE list_contains(CAST(CAST($incidents AS JSON) AS VARCHAR[]), e.incident_id) AND e.source = a.subject_type AND list_contains(r.ids, e.file_id)
        AND e.record_no = TRY_CAST(split_part(a.subject_id, ':', 2) AS BIGINT)
    )
  END)
ORDER BY list_position(['case', 'incident', 'finding', 'entity', 'record'], a.subject_kind), about, a.changed_at, a.annotation_id
