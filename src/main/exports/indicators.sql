-- What the findings of the incidents $incidents (JSON list of ids) say the actor came from, used and was.
WITH members AS (
  SELECT DISTINCT incident_id, finding_id FROM incident_members
  WHERE incident_id IN (SELECT unnest(from_json(CAST($incidents AS JSON), '["VARCHAR"]')))
), named AS (
  SELECT CASE WHEN n.entity_type IN ('address', 'accessKey', 'userAgent') THEN n.entity_type ELSE 'principal' END AS type,
         n.entity_id AS value, m.incident_id, f.finding_id, f.first_time, f.last_time, f.techniques, f.event_count
  FROM members m JOIN finding_entities n USING (finding_id) JOIN findings f USING (finding_id)
  WHERE (n.role = 'address' AND n.entity_type = 'address') OR (n.role = 'credential' AND n.entity_type = 'accessKey' AND n.entity_id SIMILAR TO 'A[KS]IA[A-Z0-9]+')
     OR (n.role = 'tool' AND n.entity_type = 'userAgent') OR (n.role = 'actor' AND n.entity_type IN ('user', 'role', 'federatedUser', 'kubernetesSubject'))
)
SELECT type, value, min(first_time) AS first, max(last_time) AS last, CAST(sum(event_count) AS BIGINT) AS records,
       list(DISTINCT incident_id ORDER BY incident_id) AS "incidentIds",
       list_sort(list_distinct(flatten(list(techniques)))) AS techniques
FROM named
GROUP BY type, value
ORDER BY list_position(['address', 'accessKey', 'userAgent', 'principal'], type), first, value
