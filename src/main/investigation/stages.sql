-- The kill chain of incident $id: for each tactic and caller the calls behind the tactic's findings (baseline evidence
-- aside), APIs in time order, the credentials, addresses and tools used most, and what the findings name as acted on.
WITH told AS (
  SELECT DISTINCT f.tactic, e.file_id, e.record_no
  FROM incident_members m JOIN findings f USING (finding_id) JOIN finding_events e USING (finding_id)
  WHERE m.incident_id = $id AND f.kind <> 'baseline' AND e.source = 'cloudtrail'
), made AS MATERIALIZED (
  SELECT t.tactic, coalesce(c.principal, 'an unnamed caller') AS principal, c.session_key, c.source_ip, c.ua_family, c.event_name, c.event_time, c.error_code
  FROM told t JOIN calls c USING (file_id, record_no)
), callers AS (
  SELECT tactic, principal, min(event_time) AS first_time, count(*) AS calls, count(error_code) AS refused,
    count(DISTINCT session_key) AS credentials, count(DISTINCT source_ip) AS addresses, count(DISTINCT ua_family) AS tools
  FROM made GROUP BY ALL
), apis AS (
  SELECT tactic, principal, list({'name': event_name, 'calls': calls, 'refused': refused} ORDER BY first_time, event_name) AS apis
  FROM (SELECT tactic, principal, event_name, count(*) AS calls, count(error_code) AS refused, min(event_time) AS first_time FROM made GROUP BY ALL)
  GROUP BY ALL
), keys AS (
  SELECT tactic, principal, session_key, row_number() OVER (PARTITION BY tactic, principal ORDER BY count(*) DESC, session_key) AS place
  FROM made WHERE session_key IS NOT NULL GROUP BY tactic, principal, session_key
), nets AS (
  SELECT tactic, principal, source_ip, row_number() OVER (PARTITION BY tactic, principal ORDER BY count(*) DESC, source_ip) AS place
  FROM made WHERE source_ip IS NOT NULL GROUP BY tactic, principal, source_ip
), agents AS (
  SELECT tactic, principal, ua_family, row_number() OVER (PARTITION BY tactic, principal ORDER BY count(*) DESC, ua_family) AS place
  FROM made WHERE ua_family IS NOT NULL GROUP BY tactic, principal, ua_family
), targets AS (
  SELECT tactic, list(entity_id ORDER BY n DESC, entity_type, entity_id) AS targets FROM (
    SELECT f.tactic, n.entity_type, n.entity_id, count(DISTINCT f.finding_id) AS n
    FROM incident_members m JOIN findings f USING (finding_id) JOIN finding_entities n USING (finding_id)
    WHERE m.incident_id = $id AND f.kind <> 'baseline' AND n.role = 'target' AND NOT EXISTS (
      SELECT 1 FROM callers c WHERE c.tactic = f.tactic AND c.principal = n.entity_id)
    GROUP BY ALL)
  GROUP BY tactic
)
SELECT c.tactic, c.principal, c.first_time AS first, c.calls, c.refused, c.credentials, c.addresses, c.tools, a.apis,
  k.session_key AS credential, CASE WHEN r.root <> k.session_key THEN r.root END AS root,
  n.source_ip AS ip, p.country, coalesce('AWS ' || nullif(p.aws_service, 'AMAZON') || ' ' || p.aws_service_region, p.organization) AS organization, g.ua_family AS tool, coalesce(t.targets, []) AS targets
FROM callers c JOIN apis a USING (tactic, principal)
LEFT JOIN keys k ON k.tactic = c.tactic AND k.principal = c.principal AND k.place = 1
LEFT JOIN (SELECT session_key, min(root) AS root FROM credentials GROUP BY session_key) r ON r.session_key = k.session_key
LEFT JOIN nets n ON n.tactic = c.tactic AND n.principal = c.principal AND n.place = 1
LEFT JOIN address_places p ON p.address = n.source_ip
LEFT JOIN agents g ON g.tactic = c.tactic AND g.principal = c.principal AND g.place = 1
LEFT JOIN targets t ON t.tactic = c.tactic
ORDER BY c.first_time, c.tactic, c.principal
