-- findings, finding_events and finding_entities of what was folded and merged.
CREATE OR REPLACE TEMP TABLE det_final AS
SELECT f.* FROM det_folded f ANTI JOIN det_merged m ON m.inner_id = f.finding_id;

CREATE OR REPLACE TEMP TABLE det_sources AS
SELECT coalesce(m.outer_id, a.finding_id) AS finding_id, a.rule_no, max(f.given_rank) AS level_rank
FROM det_also a LEFT JOIN det_merged m ON m.inner_id = a.finding_id LEFT JOIN det_folded f ON f.finding_id = a.finding_id AND f.rule_no = a.rule_no
GROUP BY ALL;

CREATE OR REPLACE TABLE findings AS
WITH told AS (
  SELECT s.finding_id,
    to_json(list({'ruleId': r.rule_id, 'title': r.title, 'provider': r.provider, 'author': r.author, 'licence': r.licence, 'link': r.link,
      'severity': ['informational', 'low', 'medium', 'high', 'critical'][coalesce(s.level_rank, r.level_rank) + 1]} ORDER BY r.rule_no <> f.rule_no, r.level_rank DESC, r.rule_id)) AS sources,
    flatten(list(r.techniques ORDER BY r.rule_no <> f.rule_no, r.level_rank DESC, r.rule_id)) AS techniques,
    flatten(list(r.techniques_v18 ORDER BY r.rule_no <> f.rule_no, r.level_rank DESC, r.rule_id)) AS techniques_v18,
    flatten(list(r.remediation ORDER BY r.rule_no <> f.rule_no, r.level_rank DESC, r.rule_id)) AS remediation
  FROM det_sources s JOIN det_rules r USING (rule_no) JOIN det_final f ON f.finding_id = s.finding_id GROUP BY s.finding_id
), aims AS (
  SELECT finding_id, array_to_string(list(word ORDER BY word)[1:3], ', ') || CASE WHEN count(*) > 3 THEN ' and ' || (count(*) - 3) || ' more' ELSE '' END AS words
  FROM (SELECT finding_id, CASE entity_type WHEN 'accessKey' THEN 'key ' WHEN 'resource' THEN '' ELSE entity_type || ' ' END || regexp_extract(left(entity_id, 120), '([^:/]+)$', 1) AS word FROM det_targets)
  GROUP BY finding_id
), worded AS (
  SELECT f.*, r.description AS meaning, r.severity_reason AS reason, r.false_positives, t.sources, t.techniques, t.techniques_v18, t.remediation,
    CASE f.principal_type
      WHEN 'user' THEN CASE WHEN f.principal LIKE '%:root' THEN 'The root user of account ' || f.account_id ELSE 'User ' || regexp_extract(f.principal, '([^/:]+)$', 1) END
      WHEN 'role' THEN 'Role ' || regexp_extract(f.principal, '([^/:]+)$', 1)
      WHEN 'federatedUser' THEN 'Federated user ' || regexp_extract(f.principal, '([^/:]+)$', 1)
      WHEN 'kubernetesSubject' THEN 'Kubernetes subject ' || f.principal
      WHEN 'service' THEN 'Service ' || f.principal ELSE 'Caller ' || f.principal END
    || ' called ' || array_to_string(f.names[1:3], ', ') || CASE WHEN len(f.names) > 3 THEN ' and ' || (len(f.names) - 3) || ' other APIs' ELSE '' END
    || CASE WHEN f.event_count = 1 THEN ' once' ELSE ' ' || f.event_count || ' times' END
    || CASE WHEN f.source_ip IS NULL THEN coalesce(' through ' || f.invoked_by, '') WHEN f.addresses > 1 THEN ' from ' || f.source_ip || ' and ' || (f.addresses - 1) || CASE WHEN f.addresses = 2 THEN ' other address' ELSE ' other addresses' END ELSE ' from ' || f.source_ip END
    || CASE WHEN f.is_service OR f.ua_family IS NULL THEN '' ELSE ' with ' || f.ua_family END
    || coalesce(', concerning ' || a.words, '')
    || CASE WHEN f.failed = 0 THEN CASE WHEN f.event_count = 1 THEN '; it succeeded.' ELSE '; all succeeded.' END
         WHEN f.succeeded = 0 THEN CASE WHEN f.event_count = 1 THEN '; it failed' ELSE '; all failed' END || ' (' || f.failure || ').'
         ELSE '; ' || f.succeeded || ' succeeded, ' || f.failed || ' failed.' END AS facts
  FROM det_final f JOIN det_rules r USING (rule_no) JOIN told t USING (finding_id) LEFT JOIN aims a USING (finding_id)
)
SELECT finding_id, rule_id, title, concat_ws(' ', nullif(meaning, ''), coalesce(note, facts)) AS description, provider, kind, tactic,
  list_filter(techniques, lambda x, i: list_position(techniques, x) = i) AS techniques,
  list_filter(techniques_v18, lambda x, i: list_position(techniques_v18, x) = i) AS techniques_v18,
  ['informational', 'low', 'medium', 'high', 'critical'][final_rank + 1] AS severity,
  concat_ws(' ', nullif(reason, ''),
    CASE WHEN final_rank < given_rank THEN CASE WHEN cold THEN 'At most low: the case is too short to tell what is new.'
      WHEN agent AND (reads OR NOT owner) THEN 'Lower: a deployment tool that the principal uses there.'
      WHEN owner AND root THEN 'Lower: a second factor, and a network that several people of the account use.'
      WHEN owner THEN 'Lower: a person who does this kind of work on other days, from a known network with a known client.'
      WHEN newcomer AND NOT (habit OR agent OR at_home) THEN 'One lower: part of setting up a user that the same principal made within the hour.'
      WHEN at_home AND NOT habit THEN 'One lower: a person at a known network with a known client, who does not usually do this.'
      ELSE 'One lower: the principal did the same on ' || habit_days || ' other days.' END END) AS severity_reason,
  principal, session_key, source_ip, account_id, first_time, last_time, event_count, CAST(sources AS JSON) AS sources,
  list_filter(remediation, lambda x, i: list_position(remediation, x) = i) AS remediation, false_positives
FROM worded;

CREATE OR REPLACE TABLE finding_events AS
SELECT DISTINCT coalesce(x.outer_id, m.finding_id) AS finding_id, m.source, m.file_id, m.record_no, m.event_id, m.event_time
FROM det_members m LEFT JOIN det_merged x ON x.inner_id = m.finding_id;

CREATE OR REPLACE TABLE finding_entities AS
WITH told AS (
  SELECT finding_id, principal_type AS entity_type, principal AS entity_id, 'actor' AS role FROM det_members WHERE principal IS NOT NULL
  UNION ALL SELECT finding_id, 'roleSession', actor_arn, 'actor' FROM det_members WHERE contains(actor_arn, ':assumed-role/')
  UNION ALL SELECT finding_id, 'instance', instance_id, 'actor' FROM det_members
  UNION ALL SELECT finding_id, 'accessKey', session_key, 'credential' FROM det_members WHERE regexp_matches(session_key, '^A[KS]IA|\|')
  UNION ALL SELECT finding_id, 'address', coalesce(source_ip, address), 'address' FROM det_members
  UNION ALL SELECT finding_id, target_type, target_id, 'target' FROM det_members WHERE target_type IS NOT NULL
  UNION ALL SELECT finding_id, 'account', account_id, 'account' FROM det_members
  UNION ALL SELECT finding_id, 'userAgent', ua_family, 'tool' FROM det_members WHERE NOT is_service
  UNION ALL SELECT finding_id, entity_type, entity_id, 'target' FROM det_targets
  UNION ALL SELECT finding_id, entity_type, entity_id, role FROM det_provider_entities
)
SELECT finding_id, entity_type, entity_id, role FROM (
  SELECT DISTINCT coalesce(x.outer_id, t.finding_id) AS finding_id, entity_type, entity_id, role
  FROM told t LEFT JOIN det_merged x ON x.inner_id = t.finding_id WHERE entity_id IS NOT NULL AND entity_id <> '')
-- what a finding acts with is no target of it
QUALIFY role <> 'target' OR count(*) FILTER (role <> 'target') OVER (PARTITION BY finding_id, entity_type, entity_id) = 0;

DROP TABLE det_rules; DROP TABLE det_hits; DROP TABLE det_members; DROP TABLE det_also; DROP TABLE det_folded; DROP TABLE det_merged; DROP TABLE det_targets;
DROP TABLE det_final; DROP TABLE det_sources; DROP TABLE det_days; DROP TABLE det_wanderers; DROP TABLE det_provider_entities
