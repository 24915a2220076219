import { defineDetector } from './detector';
import { isRefusedSql } from '../refused';

/**
 * Compares every (identity, network operator) with what the same identity does elsewhere and with everybody else in the
 * bundle, whatever came first: so it works in a bundle of two hours, where no baseline can. The signs, in points:
 *
 * | points | sign |
 * |---|---|
 * | 1 | the identity also works from other operators, and this is not where it is on most days |
 * | 1 | nobody else comes from this operator (half when one other does) |
 * | 1 | nobody else comes from this country |
 * | 1 | its tool is one that the identity uses nowhere else (half when two others use it) |
 * | .5 | and that nobody else uses |
 * | 1 | the identity is at work elsewhere both before and after, within half a day |
 * | 1.5 | a temporary credential came here from another place, of a program whose sessions stay where they begin |
 * | 1.5 | the operator rents machines or sells VPNs, and a person, or a program usually elsewhere, comes from there for a day or two |
 * | .5 | it begins by asking who it is |
 * | .5 | it reads five or more different things of three or more services |
 * | .5 | half of what it calls is new to the identity |
 * | .5 | three or more calls, and a fifth of them, were refused |
 *
 * What others do counts in full from three other identities on, and a third for each of fewer. Of several places of an
 * identity the one with the fewest signs is its own. High asks for a sign that no journey explains: tool, two places at
 * once, a session taken along, a rented machine, who-am-I, refusals.
 */
export default defineDetector({
  id: 'ct-ia-018',
  title: 'Credential in other hands',
  description:
    'A credential was used from a network operator, a country and with a tool that do not fit its own other use or that of anybody else.',
  tactic: 'initial-access',
  techniques: ['T1078.004'],
  severity: 'medium',
  severityReason:
    'No single sign proves it; several at once are what a stolen credential looks like. High from four and a half points with a sign that no journey explains, low below four.',
  falsePositives: 'A journey with a new machine; a consultant; a new provider of build runners',
  remediation: ['R-PRES', 'R-KEY-DEACT', 'R-USER-SESS', 'R-ROLE-REVOKE'],
  source: 'cloudtrail',
  hand: 'foreign',
  sql: `
WITH used AS MATERIALIZED (
  -- sessions that are named by a number are one identity
  SELECT c.file_id, c.record_no, c.event_time, regexp_replace(coalesce(c.actor_arn, c.principal), '(/[^/]*?)(\\d{4,}|[0-9a-f]{8,})[^/]*$', '\\1#') AS who, c.session_key, c.access_key_id,
    coalesce(nullif(regexp_extract(lower(p.organization), '^[a-z0-9.-]+( [a-z0-9.-]+)?'), ''), 'AS' || p.asn, p.country, c.source_net) AS place,
    c.principal_type = 'user' OR contains(c.actor_arn, ':assumed-role/AWSReservedSSO_') OR c.identity_type = 'Root' AS is_person, p.country, p.network_kind AS kind, p.organization,
    coalesce(c.ua_family, '') AS tool, c.event_source, c.event_name, c.error_code
  FROM calls c LEFT JOIN address_places p ON p.address = c.source_ip
  WHERE NOT c.is_service AND c.ip_class = 'public' AND c.source_net IS NOT NULL AND c.principal_type NOT IN ('service', 'account') AND c.instance_id IS NULL
), hands AS (
  SELECT who, place, bool_or(is_person) AS is_person, mode(country ORDER BY country) AS country, mode(kind ORDER BY kind) AS kind, mode(organization ORDER BY organization) AS organization, min(event_time) AS first_time, count(*) AS n,
    count(DISTINCT CAST(event_time AS DATE)) AS days,
    count(*) FILTER (${isRefusedSql('error_code')}) AS refused,
    count(DISTINCT event_name) FILTER (regexp_matches(event_name, '^(Get|List|Describe)')) AS reads,
    count(DISTINCT event_source) FILTER (regexp_matches(event_name, '^(Get|List|Describe)')) AS services,
    arg_min(event_name, (event_time, file_id, record_no)) AS first_name
  FROM used GROUP BY who, place HAVING count(*) FILTER (error_code IS NULL) > 0
), identities AS (
  -- somebody known by more than one visit
  SELECT who, (count(*) > 1 OR max(days) >= 3)::INTEGER AS settled FROM hands GROUP BY who
), mains AS (
  -- where an identity is on most days, when that is known
  SELECT who, arg_max(place, days) AS place FROM hands GROUP BY who HAVING max(days) >= 3
), tools AS (
  SELECT who, place, tool, min(event_time) AS first_time FROM used GROUP BY ALL
), others AS (
  -- how many others share a place, a country, a tool: those that came before, and settled ones that came later; what an
  -- intruder makes on the way comes later and stays where it is
  SELECT kind, thing, who, row_number() OVER o - 1 + sum(settled) OVER (PARTITION BY kind, thing) - sum(settled) OVER o AS n FROM (
    SELECT 'place' AS kind, place AS thing, who, first_time FROM hands
    UNION ALL SELECT 'country', country, who, min(first_time) FROM hands WHERE country IS NOT NULL GROUP BY country, who
    UNION ALL SELECT 'tool', tool, who, min(first_time) FROM tools GROUP BY tool, who) JOIN identities USING (who)
  WINDOW o AS (PARTITION BY kind, thing ORDER BY first_time, who ROWS UNBOUNDED PRECEDING)
), fits AS (
  -- whether any tool of the hand is one the identity, or somebody else, uses elsewhere
  SELECT t.who, t.place, bool_or(t.places > 1) AS known_to_self, max(o.n) AS tool_others
  FROM (SELECT *, count(*) OVER (PARTITION BY who, tool) AS places FROM tools) t JOIN others o ON o.kind = 'tool' AND o.thing = t.tool AND o.who = t.who GROUP BY ALL
), apis AS (
  SELECT who, place, count(*) OVER (PARTITION BY who, api) AS places FROM (SELECT DISTINCT who, place, event_source || ':' || event_name AS api FROM used)
), habits AS (
  SELECT who, place, count(*) FILTER (places = 1) / count(*) AS new_share, count(*) AS apis FROM apis GROUP BY ALL
), sessions AS (
  SELECT who, session_key, count(DISTINCT place) AS places, arg_min(place, (event_time, file_id, record_no)) AS first_place FROM used
  WHERE access_key_id LIKE 'ASIA%' AND NOT contains(session_key, '|') GROUP BY ALL
), movers AS (
  SELECT who, count(*) AS sessions, count(*) FILTER (places > 1) AS moved FROM sessions GROUP BY who
), moved AS (
  SELECT DISTINCT u.who, u.place FROM used u JOIN sessions s USING (who, session_key) JOIN movers m USING (who)
  WHERE s.first_place <> u.place AND m.sessions >= 3 AND m.moved <= 0.1 * m.sessions + 1
), hours AS (
  SELECT DISTINCT who, place, date_trunc('hour', event_time) AS hour FROM used
), elsewhere AS (
  SELECT h.who, h.place, bool_or(o.hour BETWEEN h.first_time - INTERVAL 12 HOUR AND h.first_time) AND bool_or(o.hour BETWEEN h.first_time AND h.first_time + INTERVAL 12 HOUR) AS at_once
  FROM hands h JOIN hours o ON o.who = h.who AND o.place <> h.place LEFT JOIN mains g ON g.who = h.who
  WHERE g.place IS DISTINCT FROM h.place GROUP BY ALL
), signs AS (
  SELECT h.*, least(1, ((SELECT count(*) FROM identities) - 1) / 3.0) AS company,
    (w.who IS NOT NULL)::INTEGER AS other_places,
    CASE p.n WHEN 0 THEN 1 WHEN 1 THEN 0.5 ELSE 0 END AS alone_there,
    coalesce(c.n = 0, false)::INTEGER AS alone_in_country,
    CASE WHEN w.who IS NULL OR f.known_to_self THEN 0 WHEN f.tool_others >= 2 THEN 0.5 ELSE 1 END AS own_tool,
    CASE WHEN f.tool_others = 0 THEN 0.5 ELSE 0 END AS strange_tool,
    coalesce(w.at_once, false)::INTEGER AS at_once,
    CASE WHEN m.who IS NOT NULL THEN 1.5 ELSE 0 END AS taken_along,
    CASE WHEN h.kind IN ('hosting', 'vpn') AND p.n <= 1 AND h.days < 3 AND (h.is_person OR w.who IS NOT NULL) THEN 1.5 ELSE 0 END AS rented,
    CASE WHEN h.first_name = 'GetCallerIdentity' THEN 0.5 ELSE 0 END AS who_am_i,
    CASE WHEN h.reads >= 5 AND h.services >= 3 THEN 0.5 ELSE 0 END AS looks_around,
    CASE WHEN w.who IS NOT NULL AND b.apis >= 3 AND b.new_share >= 0.5 THEN 0.5 ELSE 0 END AS new_habits,
    CASE WHEN h.refused >= 3 AND h.refused >= 0.2 * h.n THEN 0.5 ELSE 0 END AS refusals
  FROM hands h JOIN others p ON p.kind = 'place' AND p.thing = h.place AND p.who = h.who LEFT JOIN others c ON c.kind = 'country' AND c.thing = h.country AND c.who = h.who
  JOIN fits f ON f.who = h.who AND f.place = h.place JOIN habits b ON b.who = h.who AND b.place = h.place
  LEFT JOIN elsewhere w ON w.who = h.who AND w.place = h.place LEFT JOIN moved m ON m.who = h.who AND m.place = h.place
), scored AS (
  SELECT *, other_places + company * (alone_there + alone_in_country + strange_tool) + own_tool + at_once + taken_along + rented + who_am_i + looks_around + new_habits + refusals AS points
  FROM signs
), suspects AS (
  -- of several places of an identity the one with the fewest signs is taken for its own
  SELECT * FROM scored QUALIFY row_number() OVER (PARTITION BY who ORDER BY points DESC, n, place) < count(*) OVER (PARTITION BY who) OR count(*) OVER (PARTITION BY who) = 1
)
SELECT u.file_id, u.record_no, concat_ws('|', s.who, s.place) AS fold,
  CASE WHEN points >= 4.5 AND strange_tool + at_once + taken_along + rented + who_am_i + refusals > 0 THEN 'high' WHEN points >= 4 THEN 'medium' ELSE 'low' END AS severity,
  s.n || ' calls. Signs, ' || printf('%.1f', points) || ' points: ' || array_to_string(list_filter([
    CASE WHEN other_places > 0 THEN 'the identity works from other networks as well' END,
    CASE WHEN alone_there > 0 THEN 'hardly anybody else comes from ' || coalesce(s.organization, s.place) END,
    CASE WHEN alone_in_country > 0 THEN 'nobody else comes from ' || s.country END,
    CASE WHEN own_tool > 0 THEN 'the identity uses this tool nowhere else' END,
    CASE WHEN strange_tool > 0 THEN 'nobody else uses this tool' END,
    CASE WHEN at_once > 0 THEN 'it is at work elsewhere at the same time' END,
    CASE WHEN taken_along > 0 THEN 'the session began elsewhere' END,
    CASE WHEN rented > 0 THEN 'the operator rents machines or sells VPNs' END,
    CASE WHEN who_am_i > 0 THEN 'it begins by asking who it is' END,
    CASE WHEN looks_around > 0 THEN s.reads || ' different read calls to ' || s.services || ' services' END,
    CASE WHEN new_habits > 0 THEN 'most of its calls are new to the identity' END,
    CASE WHEN refusals > 0 THEN s.refused || ' of ' || s.n || ' calls were refused' END], lambda x: x IS NOT NULL), '; ') || '.' AS note
-- the first record stands for the hand: what it did is told by other findings
FROM used u JOIN suspects s USING (who, place)
WHERE s.points >= 3 QUALIFY row_number() OVER (PARTITION BY u.who, u.place ORDER BY u.event_time, u.file_id, u.record_no) = 1`,
});
