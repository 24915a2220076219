-- Incidents as lists show them; entity kinds and severities as lists of pairs.
SELECT i.incident_id AS id, i.title, i.severity, i.score, i.first_time AS first, i.last_time AS last,
  coalesce(CAST(i.document -> '$.tactics' AS VARCHAR[]), []) AS tactics,
  coalesce(CAST(i.document -> '$.accounts' AS VARCHAR[]), []) AS accounts,
  i.finding_count AS findings, i.event_count AS events,
  coalesce(e.kinds, []) AS kinds, coalesce(s.severities, []) AS severities
FROM incidents i
LEFT JOIN (
  SELECT incident_id, list({'name': entity_type, 'n': n} ORDER BY n DESC, entity_type) AS kinds
  FROM (
    SELECT m.incident_id, n.entity_type, count(DISTINCT n.entity_id) AS n
    FROM incident_members m JOIN finding_entities n USING (finding_id) GROUP BY ALL
  ) GROUP BY incident_id
) e USING (incident_id)
LEFT JOIN (
  SELECT incident_id, list({'name': severity, 'n': n} ORDER BY severity) AS severities
  FROM (
    SELECT m.incident_id, f.severity, count(*) AS n FROM incident_members m JOIN findings f USING (finding_id) GROUP BY ALL
  ) GROUP BY incident_id
) s USING (incident_id)
