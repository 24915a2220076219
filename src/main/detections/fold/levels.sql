-- det_folded: one row per finding to be, with its level. What the principal usually does lowers it, never to nothing:
-- * habit: the same principal made the same calls from the same network on three or more earlier days, or since the
--   first days of the case on five other days; or the same subject of a cluster the same kind of request on three
--   earlier days: one step;
-- * agent: an infrastructure-as-code agent that the principal used there ten minutes or more before, that it has used
--   since its own first call on several days, or in a case too short to tell: one step; its reads, which it makes at
--   every run, are informational;
-- * owner: a person at work (places.sql): own or shared network, own client, and this kind of work on other days; root
--   with a second factor from a network of several people. It is at most low, or medium when it was critical. Without
--   such work on other days, ten days of the network or client lower by one step. That speaks against a takeover only:
--   what harms whoever does it (exfiltration, impact, impairment of defences) keeps its level;
-- * newcomer: a key, password or group for a user that the same principal made within the hour before is part of setting it
--   up, which the rule about the whole judges: no more than medium;
-- * a credential in other hands has been compared with its owner already: as it is;
-- * cold: a rule about first use in the first three days of a case, which cannot know what is new (at most low).
CREATE OR REPLACE TEMP TABLE det_habits AS
SELECT principal, event_name, source_net, CAST(event_time AS DATE) AS day FROM calls
WHERE error_code IS NULL AND event_name IN (SELECT DISTINCT event_name FROM det_members)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE det_agents AS
WITH used AS (
  SELECT principal, source_net, ua_family, min(event_time) AS first_used, count(*) AS n, count(DISTINCT CAST(event_time AS DATE)) AS days FROM calls
  WHERE regexp_matches(ua_family, '^(terraform|opentofu|pulumi|cloudformation|aws-cdk|ansible|crossplane)') AND source_net IS NOT NULL
  GROUP BY ALL
), known AS (
  SELECT principal, min(event_time) AS first_call FROM calls WHERE NOT is_service AND principal IN (SELECT principal FROM used) GROUP BY principal
)
SELECT u.principal, u.source_net, u.ua_family, u.first_used, u.days >= 3 AND u.first_used <= k.first_call + INTERVAL 1 HOUR AS always
FROM used u JOIN known k USING (principal) WHERE u.n >= 20;

-- Findings about requests of a kind that the same subject of a cluster made on three or more earlier days.
CREATE OR REPLACE TEMP TABLE det_cluster_habits AS
WITH told AS (
  SELECT DISTINCT m.finding_id, m.day, k.user_username, k.verb, k.object_resource, k.object_subresource
  FROM det_members m JOIN k8s_audit k USING (file_id, record_no) WHERE m.source = 'k8s-audit'
), days AS (
  SELECT DISTINCT user_username, verb, object_resource, object_subresource, CAST(event_time AS DATE) AS day
  FROM k8s_audit SEMI JOIN told USING (user_username, verb)
)
SELECT finding_id FROM told t JOIN days d ON d.user_username = t.user_username AND d.verb = t.verb AND d.object_resource IS NOT DISTINCT FROM t.object_resource
  AND d.object_subresource IS NOT DISTINCT FROM t.object_subresource AND d.day < t.day
GROUP BY finding_id, t.verb, t.object_resource, t.object_subresource HAVING count(DISTINCT d.day) >= 3;

CREATE OR REPLACE TEMP TABLE det_newcomers AS
WITH aimed AS (
  -- these few names first: a join of all records with their requests holds every request in memory
  SELECT file_id, record_no, event_name, request_parameters ->> '$.userName' AS user_name FROM events
  WHERE event_name IN ('CreateUser', 'CreateLoginProfile', 'CreateAccessKey', 'AddUserToGroup', 'AttachUserPolicy', 'PutUserPolicy')
), made AS (
  SELECT c.principal, c.account_id, a.user_name, c.event_time AS made_at
  FROM aimed a JOIN calls c USING (file_id, record_no) WHERE a.event_name = 'CreateUser' AND c.event_source = 'iam.amazonaws.com' AND c.error_code IS NULL
), given AS (
  SELECT m.finding_id, m.file_id, m.record_no, m.principal, m.account_id, m.event_time, a.user_name
  FROM det_members m LEFT JOIN aimed a ON a.file_id = m.file_id AND a.record_no = m.record_no AND a.event_name <> 'CreateUser'
  WHERE m.source = 'cloudtrail' AND m.finding_id IN (SELECT finding_id FROM det_members WHERE event_name IN ('CreateLoginProfile', 'CreateAccessKey', 'AddUserToGroup', 'AttachUserPolicy', 'PutUserPolicy'))
)
SELECT g.finding_id FROM given g LEFT JOIN made n ON n.principal = g.principal AND n.account_id = g.account_id AND n.user_name = g.user_name
  AND n.made_at BETWEEN g.event_time - INTERVAL 1 HOUR AND g.event_time
GROUP BY g.finding_id HAVING bool_and(n.user_name IS NOT NULL);

CREATE OR REPLACE TEMP TABLE det_folded AS
WITH groups AS (
  SELECT finding_id, any_value(source) AS source, any_value(rule_no) AS rule_no, bool_or(aggregate) AS aggregate, max(level_rank) AS given_rank, min(note) AS note,
    mode(principal ORDER BY principal) AS principal, mode(principal_type ORDER BY principal_type) AS principal_type, mode(session_key ORDER BY session_key) AS session_key, coalesce(mode(source_ip ORDER BY source_ip), mode(address ORDER BY address)) AS source_ip,
    count(DISTINCT source_ip) AS addresses, mode(source_net ORDER BY source_net) AS source_net, mode(ua_family ORDER BY ua_family) AS ua_family, mode(account_id ORDER BY account_id) AS account_id, mode(invoked_by ORDER BY invoked_by) AS invoked_by,
    bool_and(is_service) AS is_service, coalesce(min(from_time), min(event_time)) AS first_time, coalesce(max(to_time), max(event_time)) AS last_time, min(day) AS day,
    count(DISTINCT (file_id, record_no)) AS records, count(*) FILTER (times IS NOT NULL) AS told, coalesce(max(times), count(DISTINCT (file_id, record_no))) AS event_count,
    bool_and(regexp_matches(event_name, '^(Get|List|Describe|Lookup|Head|Search)')) AS reads, count(*) FILTER (error_code IS NULL) AS succeeded, count(*) FILTER (error_code IS NOT NULL) AS failed, mode(error_code ORDER BY error_code) AS failure,
    list_sort(list(DISTINCT event_name) FILTER (event_name IS NOT NULL)) AS names, mode(target_id ORDER BY target_id) AS target_id
  FROM det_members GROUP BY finding_id
), habits AS (
  SELECT g.finding_id, count(DISTINCT h.day) FILTER (h.day < g.day) AS days_before, count(DISTINCT h.day) AS days, least(min(h.day), any_value(g.day)) AS first_day
  FROM groups g JOIN det_habits h ON h.principal = g.principal AND list_contains(g.names, h.event_name) AND h.day <> g.day
    AND (h.source_net IS NOT DISTINCT FROM g.source_net OR g.principal IN (SELECT principal FROM det_wanderers))
  GROUP BY ALL
), judged AS (
  SELECT g.*, r.rule_id, r.title, r.tactic, r.provider, r.kind,
    g.source = 'cloudtrail' AND coalesce(h.days_before >= 3 OR (h.days >= 5 AND h.first_day <= CAST(d.first_time AS DATE) + 2), false)
      OR g.finding_id IN (SELECT finding_id FROM det_cluster_habits) AS habit, coalesce(h.days, 0) AS habit_days,
    a.first_used IS NOT NULL AND (a.always OR a.first_used < g.first_time - INTERVAL 10 MINUTE OR d.span < INTERVAL 2 DAY) AS agent,
    g.finding_id IN (SELECT finding_id FROM det_newcomers) AND given_rank = 3 AS newcomer,
    r.foreign_hand, r.first_seen AND g.first_time - d.first_time < INTERVAL 3 DAY AS cold,
    r.tactic NOT IN ('exfiltration', 'impact', 'collection', 'defense-impairment', 'stealth') AS takeover, coalesce(o.root, false) AS root,
    takeover AND coalesce(CASE WHEN o.root THEN o.house AND o.mfa ELSE o.person AND (o.own_net OR o.house) AND o.own_client AND o.own_work END, false) AS owner,
    takeover AND coalesce(o.person AND (o.own_net OR o.house) AND o.own_client AND o.old_hand, false) AS at_home
  FROM groups g CROSS JOIN det_days d JOIN det_rules r USING (rule_no) LEFT JOIN habits h USING (finding_id) LEFT JOIN det_homes o USING (finding_id)
  LEFT JOIN det_agents a ON a.principal = g.principal AND a.source_net = g.source_net AND a.ua_family = g.ua_family
)
SELECT *, CASE WHEN kind = 'provider' OR foreign_hand THEN given_rank WHEN cold THEN least(1, given_rank - 1) WHEN agent AND reads THEN 0
  WHEN owner THEN CASE WHEN given_rank = 4 THEN 2 ELSE least(given_rank, 1) END
  WHEN newcomer THEN CASE WHEN habit OR agent OR at_home THEN 1 ELSE 2 END
  WHEN habit OR agent OR at_home THEN greatest(given_rank - 1, 0) ELSE given_rank END AS final_rank
FROM judged;
DROP TABLE det_newcomers; DROP TABLE det_cluster_habits; DROP TABLE det_habits; DROP TABLE det_agents; DROP TABLE det_homes
