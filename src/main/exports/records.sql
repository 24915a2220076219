-- The records of the incidents $incidents (JSON list of ids) in time order, each once an incident, with what was found about it.
CREATE OR REPLACE TEMP TABLE export_records AS
WITH chosen AS (
  SELECT incident_id, source, file_id, record_no, event_id, event_time, finding_id FROM incident_events
  WHERE incident_id IN (SELECT unnest(from_json(CAST($incidents AS JSON), '["VARCHAR"]')))
), told AS (
  SELECT incident_id, source, file_id, record_no, any_value(event_id) AS event_id, any_value(event_time) AS event_time,
         coalesce(list_sort(list_distinct(list(f.title) FILTER (f.title IS NOT NULL))), []) AS findings,
         coalesce(list_sort(list_distinct(list(f.tactic) FILTER (f.tactic IS NOT NULL))), []) AS tactics,
         coalesce(list_sort(list_distinct(flatten(list(f.techniques) FILTER (f.techniques IS NOT NULL)))), []) AS techniques,
         max(list_position(['informational', 'low', 'medium', 'high', 'critical'], f.severity)) AS rank
  FROM chosen LEFT JOIN findings f USING (finding_id)
  GROUP BY incident_id, source, file_id, record_no
)
SELECT row_number() OVER (ORDER BY t.event_time, t.source, t.file_id, t.record_no, t.incident_id) AS n,
       t.incident_id, t.event_time, t.source, coalesce(c.account_id, fl.account_id, p.account_id) AS account_id,
       coalesce(c.aws_region, fl.aws_region, p.aws_region) AS aws_region, coalesce(c.actor_arn, c.principal) AS principal,
       c.session_key AS credential, coalesce(c.source_ip, fl.srcaddr) AS source_ip, c.user_agent,
       coalesce(c.event_source, t.source) AS event_source,
       coalesce(c.event_name, p.type, fl.action || ' ' || fl.srcaddr || ' to ' || fl.dstaddr || ':' || fl.dstport) AS event_name,
       c.error_code, t.event_id, ['informational', 'low', 'medium', 'high', 'critical'][rank] AS severity,
       t.findings, t.tactics, t.techniques, f.name AS file, t.record_no, f.sha256
FROM told t
JOIN files f USING (file_id)
LEFT JOIN calls c ON t.source = 'cloudtrail' AND c.file_id = t.file_id AND c.record_no = t.record_no
LEFT JOIN provider_findings p ON t.source = 'guardduty' AND p.file_id = t.file_id AND p.record_no = t.record_no
LEFT JOIN flows fl ON t.source = 'vpc-flow' AND fl.file_id = t.file_id AND fl.record_no = t.record_no
