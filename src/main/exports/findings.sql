-- The findings of the incidents $incidents (JSON list of ids) with what they name.
WITH chosen AS (
  SELECT DISTINCT finding_id, incident_id FROM incident_members
  WHERE incident_id IN (SELECT unnest(from_json(CAST($incidents AS JSON), '["VARCHAR"]')))
), named AS (
  SELECT finding_id, list({'type': entity_type, 'id': entity_id, 'role': role} ORDER BY role, entity_type, entity_id) AS entities
  FROM finding_entities SEMI JOIN chosen USING (finding_id) GROUP BY finding_id
), rested AS (
  SELECT e.finding_id, list(e.event_id ORDER BY e.event_time, e.event_id) FILTER (e.event_id IS NOT NULL) AS ids,
         arg_min(c.aws_region, e.event_time) AS region
  FROM finding_events e SEMI JOIN chosen USING (finding_id)
  LEFT JOIN calls c ON e.source = 'cloudtrail' AND c.file_id = e.file_id AND c.record_no = e.record_no
  GROUP BY e.finding_id
)
SELECT f.finding_id AS id, f.rule_id AS "ruleId", f.title, coalesce(f.description, '') AS description, f.provider, f.kind, f.tactic, f.techniques,
       f.severity, coalesce(f.severity_reason, '') AS "severityReason", f.account_id AS account, r.region, f.first_time AS first, f.last_time AS last,
       f.event_count AS count, c.incident_id AS "incidentId", coalesce(n.entities, []) AS entities, coalesce(r.ids, []) AS "eventIds"
FROM chosen c JOIN findings f USING (finding_id) LEFT JOIN named n USING (finding_id) LEFT JOIN rested r USING (finding_id)
ORDER BY f.first_time, f.finding_id
