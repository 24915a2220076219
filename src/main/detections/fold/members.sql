-- det_members: the records of each finding to be. A record that several single-record rules hit goes to the most severe
-- of them, of equal ones to one about what was done before one about the way in (det_also keeps the others); rules about many records keep all of theirs.
CREATE OR REPLACE TEMP TABLE det_days AS SELECT min(event_time) AS first_time, max(event_time) - min(event_time) AS span FROM calls;

-- Principals that come from another network almost every time (build runners, functions): their network tells nothing.
CREATE OR REPLACE TEMP TABLE det_wanderers AS
SELECT principal FROM calls WHERE source_net IS NOT NULL AND NOT is_service
GROUP BY principal HAVING count(DISTINCT source_net) >= 6 AND count(DISTINCT source_net) >= 0.5 * count(DISTINCT session_key);

CREATE OR REPLACE TEMP TABLE det_called AS
SELECT h.rule_no, h.file_id, h.record_no, r.aggregate, coalesce(h.level_rank, r.level_rank) AS level_rank, h.note,
  c.event_id, c.event_time, CAST(c.event_time AS DATE) AS day, c.principal, c.principal_type, c.session_key, c.actor_arn, c.source_ip, c.source_net,
  c.ua_family, c.account_id, c.event_source, c.event_name, c.error_code, c.mfa, c.is_service, c.invoked_by, c.instance_id, c.bucket, c.target_role, c.issued_key,
  concat_ws('|', coalesce(h.fold, concat_ws('|', c.principal, CASE WHEN w.principal IS NULL THEN coalesce(c.source_net, c.invoked_by, '') ELSE '' END)), CAST(CAST(c.event_time AS DATE) AS VARCHAR)) AS fold
FROM det_hits h JOIN det_rules r USING (rule_no) JOIN calls c USING (file_id, record_no) LEFT JOIN det_wanderers w ON w.principal = c.principal
WHERE h.source = 'cloudtrail';

CREATE OR REPLACE TEMP TABLE det_heads AS
SELECT c.file_id, c.record_no, first(c.rule_no ORDER BY c.level_rank DESC, r.tactic = 'initial-access', c.rule_no) AS head, list(DISTINCT c.rule_no) AS rules
FROM det_called c JOIN det_rules r USING (rule_no) WHERE NOT c.aggregate GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE det_members AS
SELECT md5(concat_ws('|', r.rule_id, c.fold)) AS finding_id, 'cloudtrail' AS source, CAST(NULL AS VARCHAR) AS address, CAST(NULL AS VARCHAR) AS target_type, CAST(NULL AS VARCHAR) AS target_id,
  CAST(NULL AS TIMESTAMP) AS from_time, CAST(NULL AS TIMESTAMP) AS to_time, CAST(NULL AS BIGINT) AS times, -- as a provider told them
  c.* EXCLUDE (fold)
FROM det_called c JOIN det_rules r USING (rule_no) LEFT JOIN det_heads d USING (file_id, record_no)
WHERE c.aggregate OR d.head = c.rule_no
UNION ALL BY NAME
SELECT md5(concat_ws('|', r.rule_id, h.fold)) AS finding_id, h.source, h.address, h.target_type, h.target_id, h.rule_no, h.file_id, h.record_no, true AS aggregate,
  coalesce(h.level_rank, r.level_rank) AS level_rank, h.note, f.start_time AS event_time, CAST(f.start_time AS DATE) AS day, f.account_id
FROM det_hits h JOIN det_rules r USING (rule_no) JOIN flows f USING (file_id, record_no)
WHERE h.source = 'vpc-flow'
UNION ALL BY NAME
SELECT md5(concat_ws('|', r.rule_id, h.fold)) AS finding_id, h.source, h.address, h.target_type, h.target_id, h.rule_no, h.file_id, h.record_no, true AS aggregate,
  coalesce(h.level_rank, r.level_rank) AS level_rank, h.note, h.event_time, h.event_id, CAST(h.event_time AS DATE) AS day, h.account_id, h.principal, h.principal_type, h.session_key
FROM det_hits h JOIN det_rules r USING (rule_no)
WHERE h.source NOT IN ('cloudtrail', 'vpc-flow');

CREATE OR REPLACE TEMP TABLE det_also AS
SELECT DISTINCT m.finding_id, unnest(d.rules) AS rule_no
FROM det_members m JOIN det_heads d USING (file_id, record_no) WHERE NOT m.aggregate AND m.source = 'cloudtrail'
UNION SELECT finding_id, rule_no FROM det_members;
DROP TABLE det_called; DROP TABLE det_heads
