-- Whom to look at next: who shares findings or incidents with the entity as actor, credential, address or host; what its
-- credentials came from and led to ($lineage, JSON list of {id, why}); who else used an address that a provider flags.
WITH mine AS (
  SELECT DISTINCT finding_id FROM finding_entities WHERE entity_id = $id AND (entity_type = $type OR $type = 'resource')
), groups AS (
  SELECT DISTINCT incident_id FROM incident_members JOIN mine USING (finding_id)
), candidates AS (
  SELECT n.entity_type AS type, n.entity_id AS id, f.finding_id, f.severity, f.last_time, f.title, 3 AS weight, 'named by the same finding' AS why
  FROM mine JOIN findings f USING (finding_id) JOIN finding_entities n USING (finding_id)
  UNION ALL
  SELECT n.entity_type, n.entity_id, f.finding_id, f.severity, f.last_time, f.title, 2, 'in the same incident'
  FROM groups JOIN incident_members m USING (incident_id) JOIN findings f USING (finding_id) JOIN finding_entities n USING (finding_id)
), kept AS (
  SELECT c.* FROM candidates c JOIN finding_entities n ON n.finding_id = c.finding_id AND n.entity_type = c.type AND n.entity_id = c.id
  WHERE c.type IN ('role', 'user', 'federatedUser', 'kubernetesSubject', 'accessKey', 'address', 'instance', 'roleSession', 'function') AND n.role IN ('actor', 'credential', 'address', 'target')
), ranks AS (
  SELECT type, id, max(weight) AS weight, arg_max(why, weight) AS why, count(DISTINCT finding_id) AS findings, max(last_time) AS latest,
    max(list_position(['informational', 'low', 'medium', 'high', 'critical'], severity)) AS rank,
    arg_max(title, (list_position(['informational', 'low', 'medium', 'high', 'critical'], severity), last_time)) AS title
  FROM kept GROUP BY type, id
), chain AS (
  SELECT unnest(from_json(CAST($lineage AS JSON), '[{"id":"VARCHAR","why":"VARCHAR"}]'), recursive := true)
), chained AS (
  SELECT CASE WHEN c.id LIKE 'i-%' THEN 'instance' WHEN c.id SIMILAR TO 'arn:.*:user/.*' AND NOT contains(c.id, '|') THEN 'user' WHEN c.id LIKE 'arn:%:role/%' THEN 'role' ELSE 'accessKey' END AS type, c.id, c.why
  FROM chain c
), joined AS (
  SELECT coalesce(r.type, h.type) AS type, coalesce(r.id, h.id) AS id, r.findings, r.latest, r.rank, r.title, concat_ws('; ', h.why, r.why) AS why,
    coalesce(r.weight, 0) + CASE WHEN h.id IS NULL THEN 0 ELSE 3 END AS weight
  FROM ranks r FULL JOIN (SELECT type, id, min(why) AS why FROM chained GROUP BY ALL) h ON h.type = r.type AND h.id = r.id
)
SELECT type, id, why, ['informational', 'low', 'medium', 'high', 'critical'][coalesce(rank, 1)] AS severity, coalesce(findings, 0) AS findings, latest,
  coalesce(title, '') AS title
FROM joined WHERE NOT (type = $type AND id = $id)
ORDER BY weight * coalesce(rank, 1) DESC, findings DESC, type, id LIMIT 12
