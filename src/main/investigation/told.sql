-- The findings of incident $id, in time order, with their first records. fresh: the share of a finding's records that no
-- graver one of the incident tells, so that three rules about one call are not three signs; of equal ones the wider tells
-- them, but a detector last. One that says who holds a credential says something else of the same call: it is always fresh.
-- alarm: the severity, 0 to 4, that a provider gave it, alone or together with rules; NULL without one.
WITH alarms AS (
  SELECT finding_id, max(list_position(['informational', 'low', 'medium', 'high', 'critical'], s.severity)) - 1 AS alarm
  FROM (SELECT finding_id, unnest(from_json(sources, '[{"provider": "VARCHAR", "severity": "VARCHAR"}]')) AS s FROM findings)
  WHERE s.provider IN (SELECT DISTINCT provider FROM provider_findings) GROUP BY finding_id
), members AS (
  SELECT m.standing, f.*, row_number() OVER (
      ORDER BY f.kind = 'baseline', list_position(['critical', 'high', 'medium', 'low', 'informational'], f.severity), f.kind = 'statistical', f.event_count DESC, f.finding_id) AS place
  FROM incident_members m JOIN findings f USING (finding_id) WHERE m.incident_id = $id
), records AS (
  SELECT e.*, m.place, min(m.place) OVER (PARTITION BY e.source, e.file_id, e.record_no) = m.place AS fresh
  FROM members m JOIN finding_events e USING (finding_id)
), told AS (
  SELECT finding_id, avg(CAST(fresh AS INTEGER)) AS fresh,
    list({'source': source, 'fileId': file_id, 'recordNo': record_no, 'eventId': event_id} ORDER BY event_time, file_id, record_no)[1:4] AS places
  FROM records GROUP BY finding_id
)
SELECT finding_id AS id, rule_id AS "ruleId", standing, title, coalesce(description, '') AS description, tactic,
  list_distinct(list_concat(techniques, techniques_v18)) AS techniques, severity, provider, kind, first_time AS first, last_time AS last,
  event_count AS count, CASE WHEN rule_id IN (SELECT rule_id FROM hand_detectors) THEN 1 ELSE coalesce(fresh, 1) END AS fresh, alarm, remediation, coalesce(places, []) AS places
FROM members LEFT JOIN told USING (finding_id) LEFT JOIN alarms USING (finding_id) ORDER BY first_time, finding_id
