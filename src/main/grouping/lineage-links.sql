-- A finding that holds the record of an issuing, granting or controlling call, and the findings of what came of it.
WITH identities AS (
  SELECT DISTINCT finding_id, session_key AS id FROM finding_calls WHERE session_key IS NOT NULL
  UNION SELECT DISTINCT finding_id, principal FROM finding_calls WHERE principal IS NOT NULL
  UNION SELECT DISTINCT finding_id, instance_id FROM finding_calls WHERE instance_id <> ''
)
SELECT DISTINCT e.finding_id AS a, i.finding_id AS b, l.kind, l.child
FROM lineage_edges l JOIN finding_events e USING (file_id, record_no) JOIN identities i ON i.id = l.child
WHERE e.source = 'cloudtrail' AND e.finding_id <> i.finding_id AND l.kind <> 'forwarded'
