-- Findings with their entities as `kind:id`: f family of the credential, k credential, p principal, ip address, r target.
WITH named AS (
  SELECT finding_id, 'k:' || entity_id AS entity FROM finding_entities WHERE role = 'credential'
  UNION SELECT n.finding_id, 'f:' || c.root FROM finding_entities n JOIN credentials c ON c.session_key = n.entity_id
    WHERE n.entity_type = 'accessKey' AND n.role IN ('credential', 'target') AND c.resolution <> 'service'
  UNION SELECT finding_id, 'p:' || entity_id FROM finding_entities WHERE role = 'actor' AND entity_type <> 'instance'
  UNION SELECT finding_id, 'ip:' || entity_id FROM finding_entities WHERE role = 'address'
  UNION SELECT finding_id, 'r:' || entity_id FROM finding_entities
    WHERE (role = 'target' AND entity_type NOT IN ('account')) OR (role = 'actor' AND entity_type = 'instance')
)
SELECT f.finding_id AS id, epoch(f.first_time) / 3600.0 AS hour,
  list_position(['informational', 'low', 'medium', 'high', 'critical'], f.severity) - 1 AS severity,
  CASE WHEN regexp_full_match(f.source_ip, '(\d{1,3}\.){3}\d{1,3}') THEN regexp_extract(f.source_ip, '^(\d+\.\d+\.\d+)', 1) END AS net, f.principal,
  coalesce((SELECT list(DISTINCT entity ORDER BY entity) FROM named n WHERE n.finding_id = f.finding_id), []) AS entities
FROM findings f
ORDER BY hour, id
