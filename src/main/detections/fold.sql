-- Hits of rules -> findings: one per rule, principal, source network and UTC day. What the same principal did with the same API
-- from the same network on three or more earlier days is routine: one level lower, never dropped.
CREATE OR REPLACE TEMP TABLE flagged AS
SELECT h.rule_id, c.*, CAST(c.event_time AS DATE) AS day,
  md5(h.rule_id || '|' || c.principal || '|' || coalesce(c.source_net, c.invoked_by, '') || '|' || CAST(CAST(c.event_time AS DATE) AS VARCHAR)) AS finding_id
FROM hits h JOIN calls c USING (file_id, record_no);

CREATE OR REPLACE TEMP TABLE habits AS
SELECT principal, event_name, source_net, CAST(event_time AS DATE) AS day FROM calls
WHERE error_code IS NULL AND event_name IN (SELECT DISTINCT event_name FROM flagged)
GROUP BY ALL;

-- Principals that come from another network almost every time (build runners, functions): their network tells nothing.
CREATE OR REPLACE TEMP TABLE wanderers AS
SELECT principal FROM calls WHERE source_net IS NOT NULL AND NOT is_service
GROUP BY principal HAVING count(DISTINCT source_net) >= 6 AND count(DISTINCT source_net) >= 0.5 * count(DISTINCT session_key);

CREATE OR REPLACE TEMP TABLE folded AS
WITH groups AS (
  SELECT finding_id, rule_id, any_value(principal) AS principal, mode(session_key) AS session_key, mode(source_ip) AS source_ip,
    any_value(account_id) AS account_id, min(event_time) AS first_time, max(event_time) AS last_time, count(*) AS event_count,
    count(*) FILTER (error_code IS NULL) AS succeeded, count(*) FILTER (error_code IS NOT NULL) AS failed,
    any_value(day) AS day, any_value(source_net) AS source_net, list_sort(list(DISTINCT event_name)) AS names, any_value(ua_family) AS ua_family,
    md5(CAST(list_sort(list((file_id, record_no))) AS VARCHAR)) AS event_set
  FROM flagged GROUP BY finding_id, rule_id
)
SELECT g.*, r.* EXCLUDE (rule_id),
  (SELECT count(DISTINCT h.day) FROM habits h WHERE h.principal = g.principal AND list_contains(g.names, h.event_name)
     AND (h.source_net IS NOT DISTINCT FROM g.source_net OR g.principal IN (SELECT principal FROM wanderers)) AND h.day < g.day) AS habit_days
FROM groups g JOIN rules_run r USING (rule_id);

-- Several rules on exactly the same records are one finding, headed by the most severe.
CREATE OR REPLACE TEMP TABLE heads AS
SELECT *, CASE WHEN habit_days >= 3 THEN greatest(level_rank - 1, 0) ELSE level_rank END AS final_rank FROM folded
QUALIFY row_number() OVER (PARTITION BY event_set ORDER BY level_rank DESC, rule_id) = 1;

INSERT INTO findings
SELECT h.finding_id, h.rule_id, h.title,
  regexp_extract(h.principal, '[^:]+$') || ' called ' || array_to_string(h.names[1:4], ', ') || CASE WHEN len(h.names) > 4 THEN ' and ' || (len(h.names) - 4) || ' more' ELSE '' END
    || ' ' || h.event_count || CASE WHEN h.event_count = 1 THEN ' time' ELSE ' times' END || coalesce(' from ' || h.source_ip, '')
    || ' (' || h.succeeded || ' succeeded, ' || h.failed || ' failed).',
  'coldtrail', 'sigma', h.tactic, h.techniques, h.techniques_v18, ['informational', 'low', 'medium', 'high', 'critical'][h.final_rank + 1],
  'level of the rule' || CASE WHEN h.habit_days >= 3 THEN ', one lower: the principal did this from the same network on ' || h.habit_days || ' earlier days' ELSE '' END,
  h.principal, h.session_key, h.source_ip, h.account_id, h.first_time, h.last_time, h.event_count,
  (SELECT to_json(list({'ruleId': f.rule_id, 'title': f.title, 'provider': 'coldtrail', 'author': f.author, 'licence': f.licence, 'link': f.link, 'severity': ['informational', 'low', 'medium', 'high', 'critical'][f.level_rank + 1]} ORDER BY f.level_rank DESC, f.rule_id)) FROM folded f WHERE f.event_set = h.event_set),
  h.remediation, h.false_positives
FROM heads h;

INSERT INTO finding_events
SELECT DISTINCT f.finding_id, 'cloudtrail', f.file_id, f.record_no, f.event_id, f.event_time FROM flagged f SEMI JOIN heads USING (finding_id);

CREATE OR REPLACE TEMP TABLE flagged_heads AS SELECT f.* FROM flagged f SEMI JOIN heads USING (finding_id);
INSERT INTO finding_entities
SELECT DISTINCT * FROM (
  SELECT finding_id, principal_type AS entity_type, principal AS entity_id, 'actor' AS role FROM flagged_heads
  UNION ALL SELECT finding_id, 'accessKey', session_key, 'credential' FROM flagged_heads WHERE NOT is_service
  UNION ALL SELECT finding_id, 'address', source_ip, 'address' FROM flagged_heads WHERE source_ip IS NOT NULL
  UNION ALL SELECT finding_id, 'userAgent', ua_family, 'tool' FROM flagged_heads WHERE ua_family IS NOT NULL AND NOT is_service
  UNION ALL SELECT finding_id, 'account', account_id, 'account' FROM flagged_heads WHERE account_id IS NOT NULL
  UNION ALL SELECT finding_id, 'bucket', bucket, 'target' FROM flagged_heads WHERE bucket IS NOT NULL
  UNION ALL SELECT finding_id, 'role', target_role, 'target' FROM flagged_heads WHERE target_role IS NOT NULL
  UNION ALL SELECT finding_id, 'accessKey', issued_key, 'target' FROM flagged_heads WHERE issued_key IS NOT NULL
  UNION ALL SELECT finding_id, 'instance', instance_id, 'actor' FROM flagged_heads WHERE instance_id IS NOT NULL
  UNION ALL SELECT f.finding_id, 'user', 'arn:aws:iam::' || f.account_id || ':user/' || (e.request_parameters ->> '$.userName'), 'target'
    FROM flagged_heads f JOIN events e USING (file_id, record_no) WHERE f.event_source = 'iam.amazonaws.com' AND (e.request_parameters ->> '$.userName') IS NOT NULL
  UNION ALL SELECT f.finding_id, 'role', 'arn:aws:iam::' || f.account_id || ':role/' || (e.request_parameters ->> '$.roleName'), 'target'
    FROM flagged_heads f JOIN events e USING (file_id, record_no) WHERE f.event_source = 'iam.amazonaws.com' AND (e.request_parameters ->> '$.roleName') IS NOT NULL
  UNION ALL SELECT f.finding_id, 'instance', e.request_parameters ->> '$.instanceId', 'target'
    FROM flagged_heads f JOIN events e USING (file_id, record_no) WHERE (e.request_parameters ->> '$.instanceId') LIKE 'i-%'
) WHERE entity_id IS NOT NULL;
