-- The first hostile request to a Kubernetes cluster of incident $id: of the subject and address that its earliest finding
-- names, the first request within the six hours before, unless they were at work on an earlier day; then the finding's own.
-- share: of the incident's findings about clusters that name this subject.
WITH told AS (
  SELECT f.finding_id, f.tactic, k.user_username, k.source_ip, k.file_id, k.record_no, k.event_time
  FROM incident_members m JOIN findings f USING (finding_id) JOIN finding_events e USING (finding_id)
  JOIN k8s_audit k ON k.file_id = e.file_id AND k.record_no = e.record_no
  WHERE m.incident_id = $id AND e.source = 'k8s-audit' AND f.kind <> 'baseline' AND k.user_username IS NOT NULL
), earliest AS (
  SELECT user_username, source_ip, event_time FROM told ORDER BY event_time, file_id, record_no LIMIT 1
), known AS (
  SELECT count(DISTINCT CAST(k.event_time AS DATE)) AS days FROM k8s_audit k JOIN earliest t
  ON k.user_username = t.user_username AND k.source_ip IS NOT DISTINCT FROM t.source_ip AND CAST(k.event_time AS DATE) < CAST(t.event_time AS DATE)
)
SELECT k.file_id AS "fileId", k.record_no AS "recordNo", k.audit_id AS "eventId", k.event_time AS time, k.user_username AS principal,
  coalesce(k.user_access_key_id, k.user_username) AS credential, k.source_ip AS ip,
  concat_ws(' ', k.verb, concat_ws('/', k.object_resource, k.object_subresource)) AS name, k.user_agent AS agent, CAST(n.days AS INTEGER) AS days,
  (SELECT count(DISTINCT tactic) FROM told WHERE user_username = k.user_username)::INTEGER AS tactics,
  (SELECT count(DISTINCT finding_id) FILTER (user_username = k.user_username) / count(DISTINCT finding_id) FROM told) AS share
FROM earliest t CROSS JOIN known n JOIN k8s_audit k ON k.user_username = t.user_username AND k.source_ip IS NOT DISTINCT FROM t.source_ip
  AND k.event_time BETWEEN CASE WHEN n.days = 0 THEN t.event_time - INTERVAL 6 HOUR ELSE t.event_time END AND t.event_time
ORDER BY k.event_time, k.file_id, k.record_no LIMIT 1
