-- The findings that name an entity (or rest on its calls) in a time, with outcomes, addresses, APIs and first records.
WITH named AS (
  SELECT DISTINCT finding_id FROM finding_entities WHERE entity_id = $id AND (entity_type = $type OR $type = 'resource')
), outcomes AS (
  SELECT e.finding_id, count(*) FILTER (c.error_code IS NULL) AS successes, count(*) FILTER (c.error_code IS NOT NULL) AS failures,
    coalesce(list(DISTINCT c.source_ip ORDER BY c.source_ip) FILTER (c.source_ip IS NOT NULL), []) AS ips
  FROM named JOIN finding_events e USING (finding_id) JOIN calls c USING (file_id, record_no) WHERE e.source = 'cloudtrail' GROUP BY e.finding_id
), apis AS (
  SELECT finding_id, list({'api': api, 'successes': ok, 'failures': failed} ORDER BY ok + failed DESC, api) AS apis FROM (
    SELECT e.finding_id, concat_ws(':', c.event_source, c.event_name) AS api, count(*) FILTER (c.error_code IS NULL) AS ok, count(*) FILTER (c.error_code IS NOT NULL) AS failed
    FROM named JOIN finding_events e USING (finding_id) JOIN calls c USING (file_id, record_no) WHERE e.source = 'cloudtrail' GROUP BY ALL
  ) GROUP BY finding_id
)
SELECT f.finding_id AS "findingId", f.rule_id AS "ruleId", f.title, f.provider, f.kind, f.sources ->> '$[0].author' AS author, f.tactic, f.techniques, f.severity, f.first_time AS first,
  coalesce(o.successes, 0) AS successes, coalesce(o.failures, 0) AS failures,
  coalesce(o.ips, CASE WHEN f.source_ip IS NOT NULL THEN [f.source_ip] ELSE [] END) AS ips, coalesce(a.apis, []) AS apis, f.remediation,
  (SELECT list({'source': source, 'fileId': file_id, 'recordNo': record_no, 'eventId': event_id} ORDER BY event_time, file_id, record_no)[1:5] FROM finding_events e WHERE e.finding_id = f.finding_id) AS places,
  (SELECT min(incident_id) FROM incident_members m WHERE m.finding_id = f.finding_id) AS "incidentId"
FROM named JOIN findings f USING (finding_id) LEFT JOIN outcomes o USING (finding_id) LEFT JOIN apis a USING (finding_id)
WHERE f.last_time >= CAST($from AS TIMESTAMP) AND f.first_time <= CAST($to AS TIMESTAMP)
ORDER BY f.first_time, f.finding_id
