-- A strand = first credential of the chain, source network and tool; a hand = credential and network, whatever the tool. A
-- stolen key shows as a second hand of its root. strand_calls keeps the calls of every hand behind an incident's findings,
-- with the strand of each, and what came from addresses that are an intruder's alone (hostile_addresses); incident_strands
-- has one row for each strand with a finding, with its history before the incident, and with the time in which every call
-- of its hand counts as hostile (hostile_from, hostile_to; NULL when its owner is at work too):
--   the whole life of a hand on a network new to its credential, or of one that began within six hours before;
--   the burst around the first finding (calls no more than 30 minutes apart) at hours at which the principal never worked
--   before, of five days at least.
-- Days, hours and first times come from the hourly activity: only bursts and records need single calls.
CREATE OR REPLACE TEMP TABLE rooted AS
SELECT session_key, coalesce(k.root, session_key) AS root FROM (SELECT DISTINCT session_key FROM activity) LEFT JOIN credentials k USING (session_key);

CREATE OR REPLACE TABLE strand_calls AS
WITH touched AS (
  SELECT DISTINCT c.root, c.net AS source_net FROM incident_members m JOIN finding_calls c USING (finding_id) WHERE c.file_id IS NOT NULL AND c.net IS NOT NULL
)
SELECT c.file_id, c.record_no, c.event_id, c.event_time, c.principal, c.session_key, c.source_ip, c.event_name, c.event_source, c.error_code, c.mfa,
  c.identity_type, c.instance_id, c.ip_class, r.root, c.source_net, c.ua_family,
  md5(r.root || '|' || c.source_net || '|' || coalesce(c.ua_family, '')) AS strand
FROM calls c JOIN rooted r USING (session_key) SEMI JOIN touched t ON t.root = r.root AND t.source_net = c.source_net
WHERE NOT c.is_service AND c.source_net IS NOT NULL AND c.principal_type <> 'service';

CREATE OR REPLACE TEMP TABLE incident_strands AS
WITH touched AS (
  SELECT m.incident_id, md5(c.root || '|' || c.net || '|' || coalesce(c.ua_family, '')) AS strand, f.rule_id, f.finding_id, f.tactic, f.severity, f.first_time, min(c.event_time) AS first_call, count(*) AS n
  FROM incident_members m JOIN findings f USING (finding_id) JOIN finding_calls c USING (finding_id)
  -- a baseline is about a principal, whoever held its credential
  WHERE c.file_id IS NOT NULL AND c.net IS NOT NULL AND f.kind <> 'baseline' GROUP BY ALL
), per_rule AS (
  SELECT incident_id, strand, rule_id, any_value(tactic) AS tactic, min(first_call) AS first_time, sum(n) AS n,
    max(CASE severity WHEN 'critical' THEN 10 WHEN 'high' THEN 7 WHEN 'medium' THEN 3 WHEN 'low' THEN 1 ELSE 0 END) AS s
  FROM touched GROUP BY incident_id, strand, rule_id
), weighted AS (
  SELECT incident_id, strand, sum(s * (1 + ln(n))) AS w, count(DISTINCT nullif(tactic, '')) AS tactics, min(first_time) AS first_finding, max(s) AS worst
  FROM per_rule GROUP BY incident_id, strand
), strand_facts AS (
  SELECT strand, any_value(root) AS root, any_value(source_net) AS source_net, any_value(ua_family) AS ua_family,
    mode(principal ORDER BY principal) AS principal, mode(source_ip ORDER BY source_ip) AS source_ip, any_value(instance_id) AS instance_id, any_value(ip_class) AS ip_class,
    min(event_time) AS first_time, max(event_time) AS last_time, count(*) AS events, count(*) FILTER (error_code IS NOT NULL) AS failures,
    arg_min(event_name, (event_time, file_id, record_no)) AS first_name, arg_min(identity_type, (event_time, file_id, record_no)) AS first_type, arg_min(mfa, (event_time, file_id, record_no)) AS first_mfa
  FROM strand_calls WHERE strand IN (SELECT strand FROM weighted) GROUP BY strand
), done AS (
  SELECT r.root, a.source_net, a.ua_family, a.principal, a.hour, a.first_time, a.last_time, a.succeeded
  FROM activity a JOIN rooted r USING (session_key)
  WHERE NOT a.is_service AND a.source_net IS NOT NULL AND a.principal_type <> 'service'
), nets AS (
  SELECT root, source_net, min(first_time) AS first_time, max(last_time) AS last_time, count(DISTINCT CAST(hour AS DATE)) AS days FROM done GROUP BY ALL
), roots AS (
  SELECT root, count(*) AS nets, min(first_time) AS first_time FROM nets GROUP BY root
), history AS (
  -- days before the first finding on which the strand, and its hand, did something: a day of refusals is no history
  SELECT w.incident_id, w.strand,
    count(DISTINCT CAST(d.hour AS DATE)) FILTER (coalesce(d.ua_family, '') = coalesce(f.ua_family, '')) AS benign_days,
    count(DISTINCT CAST(d.hour AS DATE)) AS hand_days
  FROM weighted w JOIN strand_facts f USING (strand)
  LEFT JOIN done d ON d.root = f.root AND d.source_net = f.source_net AND d.succeeded > 0 AND CAST(d.hour AS DATE) < CAST(w.first_finding AS DATE)
  GROUP BY ALL
), hand_calls AS (
  SELECT root, source_net, event_time, event_time - lag(event_time) OVER (PARTITION BY root, source_net ORDER BY event_time) > INTERVAL 30 MINUTE AS is_new
  FROM strand_calls SEMI JOIN strand_facts USING (root, source_net)
), bursts AS (
  SELECT root, source_net, burst, min(event_time) AS burst_start, max(event_time) AS burst_end FROM (
    SELECT *, count(*) FILTER (is_new) OVER (PARTITION BY root, source_net ORDER BY event_time) AS burst FROM hand_calls)
  GROUP BY ALL
), working_hours AS (
  SELECT DISTINCT principal, CAST(hour AS DATE) AS day, hour(hour) AS hour
  FROM done SEMI JOIN strand_facts USING (principal)
), unusual AS (
  SELECT w.incident_id, w.strand, b.burst_start, b.burst_end
  FROM weighted w JOIN strand_facts f USING (strand)
  JOIN bursts b ON b.root = f.root AND b.source_net = f.source_net AND w.first_finding BETWEEN b.burst_start AND b.burst_end
  LEFT JOIN working_hours h ON h.principal = f.principal AND h.day < CAST(b.burst_start AS DATE)
  GROUP BY w.incident_id, w.strand, w.first_finding, b.burst_start, b.burst_end
  HAVING count(DISTINCT h.day) >= 5 AND count(*) FILTER (CASE WHEN hour(b.burst_start) <= hour(w.first_finding)
    THEN h.hour BETWEEN hour(b.burst_start) AND hour(w.first_finding)
    ELSE h.hour >= hour(b.burst_start) OR h.hour <= hour(w.first_finding) END) = 0
), judged AS (
  SELECT w.*, f.* EXCLUDE (strand), h.benign_days, n.days AS net_days, n.first_time AS net_first, r.nets > 1 AND n.first_time > r.first_time AS later_network,
    u.burst_start IS NOT NULL AS unusual_hours,
    coalesce(d.standing, 'unsure') AS standing,
    standing = 'novel' OR (standing = 'unsure' AND h.hand_days = 0 AND w.first_finding - n.first_time <= INTERVAL 6 HOUR) AS whole_hand,
    CASE WHEN whole_hand THEN n.first_time ELSE u.burst_start END AS hostile_from,
    CASE WHEN whole_hand THEN n.last_time ELSE u.burst_end END AS hostile_to
  FROM weighted w JOIN strand_facts f USING (strand) JOIN history h USING (incident_id, strand) LEFT JOIN unusual u USING (incident_id, strand)
    JOIN nets n USING (root, source_net) JOIN roots r USING (root) LEFT JOIN hands d ON d.root = f.root AND d.net = f.source_net
)
-- an owner's strand is hostile from its first finding on
SELECT *, coalesce(hostile_from, CASE WHEN benign_days > 0 THEN first_finding ELSE first_time END) AS begin_time FROM judged;

-- Addresses that are the intruder's alone: of a grave strand of an incident on a network new to its credential, which no
-- credential used before that strand began, and only a few since. Whatever comes from there is the intruder's, with
-- whichever credential.
CREATE OR REPLACE TEMP TABLE hostile_addresses AS
WITH used AS (
  SELECT s.incident_id, c.source_ip, min(s.hostile_from) AS began FROM incident_strands s JOIN strand_calls c USING (strand)
  WHERE s.standing = 'novel' AND s.worst >= 7 AND s.ip_class = 'public' GROUP BY s.incident_id, c.source_ip
)
SELECT u.incident_id, u.source_ip
FROM activity a JOIN rooted r USING (session_key) JOIN used u USING (source_ip)
WHERE NOT a.is_service AND a.source_net IS NOT NULL AND a.principal_type <> 'service'
GROUP BY u.incident_id, u.source_ip HAVING min(a.first_time) >= min(u.began) AND count(DISTINCT r.root) <= 8;

INSERT INTO strand_calls
SELECT c.file_id, c.record_no, c.event_id, c.event_time, c.principal, c.session_key, c.source_ip, c.event_name, c.event_source, c.error_code, c.mfa,
  c.identity_type, c.instance_id, c.ip_class, r.root, c.source_net, c.ua_family,
  md5(r.root || '|' || c.source_net || '|' || coalesce(c.ua_family, ''))
FROM calls c JOIN rooted r USING (session_key) ANTI JOIN (SELECT DISTINCT root, source_net FROM strand_calls) t ON t.root = r.root AND t.source_net = c.source_net
WHERE c.source_ip IN (SELECT source_ip FROM hostile_addresses) AND NOT c.is_service AND c.source_net IS NOT NULL AND c.principal_type <> 'service';
