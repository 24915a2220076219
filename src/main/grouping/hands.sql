-- A hand = root credential and source network: who holds a credential. A stolen credential shows as a second hand of its
-- root. hand_days: on which days each hand got something done (a day of refusals is no history).
-- hands: for each of those behind a finding (finding-calls.sql), whether the network is the credential's own (home), new to it (novel), or too little is
-- known (unsure), judged by the days before the hand was first flagged. Functions and pipelines come from ever new networks:
-- a principal like that (a nomad) is at home wherever it uses the tools it always used.
CREATE OR REPLACE TEMP TABLE hand_days AS
SELECT coalesce(k.root, a.session_key) AS root, a.source_net AS net, a.principal, CAST(a.hour AS DATE) AS day,
  min(a.first_time) AS first_time, max(a.last_time) AS last_time, sum(a.succeeded + a.failed) AS events
FROM activity a LEFT JOIN credentials k USING (session_key)
WHERE NOT a.is_service AND a.source_net IS NOT NULL AND a.principal_type <> 'service'
GROUP BY ALL HAVING sum(a.succeeded) > 0;

CREATE OR REPLACE TABLE hands AS
WITH flagged AS (
  SELECT h.root, h.net, mode(h.principal ORDER BY h.principal) AS principal,
    CAST(coalesce(min(h.first_time) FILTER (f.severity IN ('medium', 'high', 'critical') AND f.kind <> 'baseline'), min(h.first_time)) AS DATE) AS day
  FROM finding_hands h JOIN findings f USING (finding_id)
  GROUP BY h.root, h.net
), own AS (
  SELECT f.root, f.net, f.day AS flagged_day, d.net AS used_net, d.day FROM flagged f JOIN hand_days d ON d.root = f.root
  UNION
  SELECT f.root, f.net, f.day, d.net, d.day FROM flagged f JOIN hand_days d ON d.principal = f.principal
), own_facts AS (
  SELECT root, net,
    count(DISTINCT day) FILTER (used_net = net AND day < flagged_day) AS days_before,
    count(DISTINCT day) FILTER (day < flagged_day) AS history_days,
    count(DISTINCT used_net) FILTER (day < flagged_day) AS nets_before,
    count(DISTINCT day) FILTER (used_net = net) AS net_days,
    count(DISTINCT day) AS all_days
  FROM own GROUP BY root, net
), net_facts AS (
  SELECT f.root, f.net, count(DISTINCT d.day) FILTER (d.day < f.day) AS net_days_before, count(DISTINCT d.root) AS net_roots
  FROM flagged f JOIN hand_days d USING (net) GROUP BY f.root, f.net
), tool_days AS (
  SELECT principal, ua_family, CAST(hour AS DATE) AS day FROM activity
  WHERE NOT is_service AND principal IN (SELECT principal FROM flagged) GROUP BY ALL
), flagged_tools AS (
  SELECT DISTINCT c.root, c.net, f.principal, f.day, c.ua_family FROM finding_calls c JOIN flagged f USING (root, net) WHERE c.ua_family IS NOT NULL
), tool_facts AS (
  SELECT root, net, min(days) >= 3 AS known_tools FROM (
    SELECT t.root, t.net, t.ua_family, count(DISTINCT d.day) AS days FROM flagged_tools t
    LEFT JOIN tool_days d ON d.principal = t.principal AND d.ua_family = t.ua_family AND d.day < t.day GROUP BY ALL)
  GROUP BY root, net
), bundle_days AS (
  SELECT f.day, count(DISTINCT d.day) AS n FROM (SELECT DISTINCT day FROM flagged) f LEFT JOIN (SELECT DISTINCT day FROM hand_days) d ON d.day < f.day GROUP BY f.day
), principal_facts AS (
  SELECT f.principal, count(DISTINCT d.root) AS principal_roots
  FROM (SELECT DISTINCT principal FROM flagged) f JOIN hand_days d USING (principal) GROUP BY f.principal
), net_places AS (
  -- who runs a network and where; without an operator the country has to do
  SELECT c.source_net AS net, any_value(coalesce(p.organization, '') || ' ' || p.country) AS operator, any_value(p.country) AS country, any_value(p.network_kind) AS kind, bool_and(p.organization IS NULL) AS unknown
  FROM (SELECT DISTINCT source_net, source_ip FROM calls WHERE source_net IS NOT NULL) c JOIN address_places p ON p.address = c.source_ip GROUP BY c.source_net
), placed_days AS (
  SELECT d.principal, d.day, p.operator, p.country, p.kind, p.unknown FROM hand_days d JOIN net_places p USING (net) GROUP BY ALL
), operator_facts AS (
  -- a line gets new addresses: days before on which the principal came by the same operator
  SELECT f.root, f.net, any_value(o.kind) AS kind, count(DISTINCT d.day) AS operator_days FROM flagged f JOIN net_places o ON o.net = f.net
  JOIN placed_days d ON d.principal = f.principal AND d.day < f.day AND (d.operator = o.operator OR o.unknown AND d.kind IS NULL AND d.country = o.country) GROUP BY f.root, f.net
), operator_people AS (
  SELECT operator, count(DISTINCT principal) AS n FROM placed_days GROUP BY operator
), country_people AS (
  SELECT country, count(DISTINCT principal) AS n FROM placed_days WHERE kind IS DISTINCT FROM 'aws' GROUP BY country
), hand_alarms AS (
  -- what detectors of misplaced credentials said of a hand; a finding may tell it together with other rules
  SELECT h.root, h.net, x.says, s.severity FROM finding_hands h JOIN findings f USING (finding_id)
  CROSS JOIN LATERAL (SELECT unnest(from_json(f.sources, '[{"ruleId": "VARCHAR", "severity": "VARCHAR"}]'), recursive := true)) s
  JOIN hand_detectors x ON x.rule_id = s.ruleId
), foreign_hands AS (
  SELECT DISTINCT root, net FROM hand_alarms WHERE says = 'foreign' AND severity IN ('high', 'critical')
), odd_hands AS (
  SELECT DISTINCT root, net FROM hand_alarms
), cloud_nets AS (
  -- where machines of the cloud come from: its own public space, and private addresses by way of an endpoint
  SELECT c.source_net AS net FROM calls c LEFT JOIN address_places p ON p.address = c.source_ip
  WHERE c.source_net IS NOT NULL GROUP BY c.source_net HAVING bool_and(c.ip_class = 'private' OR p.network_kind = 'aws')
), company AS (
  SELECT count(DISTINCT principal) AS n FROM hand_days WHERE net NOT IN (SELECT net FROM cloud_nets)
), shares AS (
  SELECT d.root, d.net, sum(d.events) / sum(sum(d.events)) OVER (PARTITION BY d.root) AS share FROM hand_days d WHERE d.root IN (SELECT root FROM flagged) GROUP BY d.root, d.net
), cold AS (
  -- without days to compare with: a machine in the cloud, a network or a provider of several people, or where a credential
  -- is nearly always, in a country of others
  SELECT f.root, f.net,
    f.principal LIKE '%:role/%' AND f.net IN (SELECT net FROM cloud_nets) AS is_cloud_machine,
    (SELECT n FROM company) >= 4 AND (n.net_roots >= 4 OR p.kind IS NULL AND (o.n >= 4 OR coalesce(s.share, 0) >= 0.6 AND u.n >= 3)) AS in_company
  FROM flagged f LEFT JOIN net_facts n USING (root, net) LEFT JOIN shares s USING (root, net)
  LEFT JOIN net_places p USING (net) LEFT JOIN operator_people o USING (operator) LEFT JOIN country_people u USING (country)
  WHERE NOT EXISTS (FROM odd_hands o WHERE o.root = f.root AND o.net = f.net)
), facts AS (
  SELECT f.root, f.net, f.principal, f.day AS flagged_day,
    EXISTS (FROM foreign_hands x WHERE x.root = f.root AND x.net = f.net) AS is_foreign, EXISTS (FROM odd_hands x WHERE x.root = f.root AND x.net = f.net) AS is_odd, coalesce(v.operator_days, 0) AS operator_days, v.kind AS operator_kind, coalesce(c.is_cloud_machine, false) AS is_cloud_machine, coalesce(c.in_company, false) AS in_company,
    coalesce(o.days_before, 0) AS days_before, coalesce(o.history_days, 0) AS history_days,
    coalesce(o.nets_before, 0) AS nets_before, coalesce(t.known_tools, false) AS known_tools,
    coalesce(o.net_days, 0) AS net_days, coalesce(o.all_days, 0) AS all_days,
    coalesce(n.net_days_before, 0) AS net_days_before, coalesce(n.net_roots, 1) AS net_roots, coalesce(p.principal_roots, 1) AS principal_roots,
    b.n AS bundle_days_before
  FROM flagged f JOIN bundle_days b USING (day) LEFT JOIN own_facts o USING (root, net) LEFT JOIN tool_facts t USING (root, net) LEFT JOIN net_facts n USING (root, net) LEFT JOIN principal_facts p USING (principal) LEFT JOIN cold c USING (root, net) LEFT JOIN operator_facts v USING (root, net)
)
SELECT root, net, principal, flagged_day, days_before, history_days, nets_before, net_days_before, net_roots, principal_roots,
  CASE
    WHEN days_before >= 3 THEN 'home'
    WHEN is_foreign THEN 'novel'
    -- an office that people share, and come to now and then
    WHEN days_before >= 1 AND net_days_before >= 3 AND net_roots >= 4 AND NOT is_odd THEN 'home'
    WHEN operator_days >= 3 AND operator_kind IS NULL THEN CASE WHEN known_tools THEN 'home' ELSE 'unsure' END
    WHEN nets_before >= 4 AND nets_before >= 0.6 * history_days THEN CASE WHEN known_tools AND operator_days >= 1 THEN 'home' ELSE 'unsure' END
    -- there every day that it was anywhere, few as they are
    WHEN days_before = 2 AND history_days = 2 AND operator_kind IS NULL AND NOT is_odd THEN 'home'
    -- on a journey people take their tools along
    WHEN history_days >= 3 THEN CASE WHEN days_before <= 1 AND (is_odd OR NOT known_tools) THEN 'novel' ELSE 'unsure' END
    WHEN bundle_days_before >= 3 THEN CASE WHEN net_days_before >= 3 THEN 'home' WHEN net_days_before <= 1 AND NOT is_cloud_machine THEN 'novel' ELSE 'unsure' END
    WHEN net_days >= 5 AND net_days >= 0.3 * all_days OR is_cloud_machine OR in_company THEN 'home'
    ELSE 'unsure'
  END AS standing,
  CASE WHEN net_days_before >= 3 THEN 'home' WHEN bundle_days_before >= 3 AND net_days_before <= 1 THEN 'novel' ELSE 'unsure' END AS net_standing
FROM facts;
