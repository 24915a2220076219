-- Addresses of the entity's calls, or the entity itself, that a provider's finding names as the other side: one that rests
-- on a list of bad addresses ($lists, a pattern over types), or one that belongs to an incident; or that the user imported as an
-- indicator.
WITH mine AS (
  SELECT DISTINCT source_ip AS address FROM investigated WHERE inside AND source_ip IS NOT NULL
  UNION SELECT $id WHERE $type = 'address'
)
SELECT n.entity_id AS address, CASE WHEN f.rule_id LIKE 'ioc-%' THEN 'imported' ELSE f.provider END AS provider, min(f.title ORDER BY f.first_time, f.finding_id) AS title, list(DISTINCT f.rule_id ORDER BY f.rule_id)[1:5] AS rules,
  (SELECT list({'source': e.source, 'fileId': e.file_id, 'recordNo': e.record_no, 'eventId': e.event_id} ORDER BY e.event_time, e.file_id, e.record_no)[1:2]
   FROM finding_events e WHERE e.finding_id = min(f.finding_id ORDER BY f.first_time, f.finding_id)) AS places
FROM mine m JOIN finding_entities n ON n.entity_type = 'address' AND n.entity_id = m.address AND n.role = 'address'
JOIN findings f USING (finding_id)
WHERE f.rule_id LIKE 'ioc-%' OR f.kind = 'provider' AND (regexp_matches(f.rule_id, $lists) OR f.finding_id IN (SELECT finding_id FROM incident_members))
GROUP BY ALL ORDER BY address, provider LIMIT 100
