-- Findings as the window shows them: FindingRow.
SELECT f.finding_id AS id, f.rule_id AS "ruleId", f.title, coalesce(f.description, '') AS description, f.provider, f.kind,
  coalesce(f.tactic, '') AS tactic, coalesce(f.techniques, []) AS techniques, f.severity, coalesce(f.severity_reason, '') AS "severityReason",
  f.principal, f.source_ip AS "sourceIp", f.first_time AS first, f.last_time AS last, f.event_count AS count, m.incident_id AS "incidentId"
FROM findings f LEFT JOIN (
  SELECT finding_id, min(incident_id) AS incident_id FROM incident_members GROUP BY finding_id
) m USING (finding_id)
