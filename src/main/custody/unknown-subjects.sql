-- How many of the subjects in $subjects (a JSON list of {kind, type, id}) this case does not hold.
SELECT count(*) AS n
FROM (
  SELECT s ->> 'kind' AS kind, s ->> 'type' AS type, s ->> 'id' AS id
  FROM (SELECT unnest(CAST($subjects AS JSON[])) AS s)
)
WHERE NOT CASE kind
  WHEN 'incident' THEN id IN (SELECT incident_id FROM incidents)
  WHEN 'finding' THEN id IN (SELECT finding_id FROM findings)
  WHEN 'entity' THEN EXISTS (SELECT 1 FROM entities e WHERE e.entity_type = type AND e.entity_id = id)
  WHEN 'record' THEN split_part(id, ':', 1) IN (SELECT sha256 FROM files)
  ELSE true
END
