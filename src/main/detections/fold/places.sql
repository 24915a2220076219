-- Where the principals of findings are at home, so that an owner's work can be told from that of somebody who took over.
-- All of it is counted in days. What goes on since the first days of the case has no visible beginning, and the days after
-- count for it as well; what begins later has only the days before. A thief's network and client are new for the principal.
CREATE OR REPLACE TEMP TABLE det_daily AS
SELECT principal, principal_type, source_net, ua_family, event_source, regexp_matches(event_name, '^(Get|List|Describe|Lookup|Head|Search|BatchGet|Simulate|GenerateCredentialReport|GenerateServiceLastAccessed)') AS reads, CAST(hour AS DATE) AS day,
  bool_or(contains(session_key, '|') OR starts_with(ua_family, 'browser')) AS interactive
FROM activity WHERE NOT is_service AND source_net IS NOT NULL AND succeeded > 0 GROUP BY ALL;

-- People: who uses a browser on several days, or comes through IAM Identity Center. Root is a person, too, but proves nothing about a network.
CREATE OR REPLACE TEMP TABLE det_people AS
SELECT principal FROM det_daily WHERE NOT ends_with(principal, ':root')
GROUP BY principal HAVING count(DISTINCT day) FILTER (interactive) >= 3 OR contains(principal, '/aws-reserved/sso.amazonaws.com/');

-- Networks that three or more people share on five or more days: an office, a VPN.
CREATE OR REPLACE TEMP TABLE det_houses AS
SELECT source_net, min(day) AS first_day FROM det_daily SEMI JOIN det_people USING (principal)
GROUP BY source_net HAVING count(DISTINCT principal) >= 3 AND count(DISTINCT day) >= 5;

-- det_homes: of each finding, whether it comes from a place and a client that belong to the principal, whether the principal
-- does this kind of work (reads, or changes, of the service) on other days as well, and whether it is an old hand: ten or
-- more other days with the same network or client.
CREATE OR REPLACE TEMP TABLE det_homes AS
WITH about AS (
  SELECT finding_id, mode(principal ORDER BY principal) AS principal, mode(source_net ORDER BY source_net) AS source_net, mode(ua_family ORDER BY ua_family) AS ua_family, min(day) AS day, list(DISTINCT event_source) AS services,
    bool_and(regexp_matches(event_name, '^(Get|List|Describe|Lookup|Head|Search|BatchGet|Simulate|GenerateCredentialReport|GenerateServiceLastAccessed)')) AS reads, bool_and(coalesce(mfa, false)) AS mfa
  FROM det_members WHERE source = 'cloudtrail' AND principal IS NOT NULL AND NOT is_service GROUP BY finding_id
), days AS (
  SELECT a.finding_id, d.day, d.day < a.day AS before, bool_or(d.source_net = a.source_net) AS same_net, bool_or(d.ua_family = a.ua_family) AS same_client, bool_or(d.ua_family = a.ua_family AND d.source_net = a.source_net) AS same_both,
    bool_or(d.reads = a.reads AND list_contains(a.services, d.event_source)) AS same_work
  FROM about a JOIN det_daily d ON d.principal = a.principal AND d.day <> a.day GROUP BY ALL
), counted AS (
  SELECT finding_id, count(*) FILTER (same_net AND before) AS net_before, count(*) FILTER (same_net) AS net_days, min(day) FILTER (same_net) AS net_first,
    count(*) FILTER (same_client AND before) AS client_before, count(*) FILTER (same_client) AS client_days, min(day) FILTER (same_client) AS client_first, count(*) FILTER (same_both) AS both_days,
    count(*) FILTER (same_work AND before) AS work_before, count(*) FILTER (same_work) AS work_days, min(day) FILTER (same_work) AS work_first
  FROM days GROUP BY finding_id
), early AS (SELECT CAST(first_time AS DATE) + 2 AS day FROM det_days)
SELECT a.finding_id, ends_with(a.principal, ':root') AS root, a.mfa, p.principal IS NOT NULL AS person,
  h.source_net IS NOT NULL AS house,
  coalesce(net_before >= 3 OR (net_days >= 5 AND least(net_first, a.day) <= e.day), false) AS own_net,
  coalesce(client_before >= 2 OR (client_days >= 4 AND least(client_first, a.day) <= e.day) OR both_days >= 4, false) AS own_client,
  coalesce(work_before >= 2 OR (work_days >= 4 AND least(work_first, a.day) <= e.day), false) AS own_work,
  coalesce(greatest(net_days, client_days) >= 10, false) AS old_hand
FROM about a CROSS JOIN early e LEFT JOIN counted c USING (finding_id) LEFT JOIN det_people p ON p.principal = a.principal
LEFT JOIN det_houses h ON h.source_net = a.source_net AND (h.first_day <= a.day - 3 OR h.first_day <= e.day);
DROP TABLE det_daily; DROP TABLE det_people; DROP TABLE det_houses
