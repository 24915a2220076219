import { defineDetector } from './detector';

/**
 * Methods 6a. Only people travel: users, root, and Identity Center or federated sessions by their session name. The radius
 * of either place is taken off the distance and five minutes are added to the time.
 */
export default defineDetector({
  id: 'ct-ia-016',
  title: 'Impossible travel of one person',
  description:
    'One person made successful calls from two places too far apart for the time between them (faster than 900 km/h).',
  tactic: 'initial-access',
  techniques: ['T1078.004'],
  severity: 'medium',
  severityReason:
    'Two people use one identity, or one person a proxy. Higher with a new client and no second factor; low when a cloud, VPN or satellite network is one of the places.',
  falsePositives: 'VPN exits, mobile carriers, a remote desktop in the cloud, wrong location data',
  remediation: ['R-USER-DENY', 'R-ROLE-REVOKE', 'R-USER-CONSOLE'],
  source: 'cloudtrail',
  sql: `
WITH people AS (
  SELECT c.file_id, c.record_no, c.event_time, c.source_net, c.ua_family, c.mfa, c.principal,
    CASE WHEN c.principal_type = 'role' THEN c.actor_arn ELSE c.principal END AS who, p.country, p.asn, p.network_kind, p.latitude, p.longitude, p.radius_km
  FROM calls c JOIN address_places p ON p.address = c.source_ip
  WHERE c.error_code IS NULL AND NOT c.is_service AND p.latitude IS NOT NULL AND c.instance_id IS NULL
    AND (c.principal_type IN ('user', 'federatedUser') OR contains(c.principal, '/aws-reserved/sso.amazonaws.com/'))
), known AS (
  SELECT who, source_net, count(DISTINCT CAST(event_time AS DATE)) AS days FROM people GROUP BY ALL
), clients AS (
  SELECT who, ua_family, min(event_time) AS first_used FROM people GROUP BY ALL
), hops AS (
  SELECT *, lag(source_net) OVER w AS net_before, lag(event_time) OVER w AS time_before, lag(country) OVER w AS country_before, lag(asn) OVER w AS asn_before, lag(network_kind) OVER w AS kind_before,
    lag(latitude) OVER w AS lat_before, lag(longitude) OVER w AS lon_before, lag(radius_km) OVER w AS radius_before, lag(file_id) OVER w AS file_before, lag(record_no) OVER w AS record_before
  FROM people WINDOW w AS (PARTITION BY who ORDER BY event_time, file_id, record_no)
), measured AS (
  SELECT *, greatest(0, 2 * 6371.0088 * asin(least(1, sqrt(pow(sin(radians(latitude - lat_before) / 2), 2) + cos(radians(lat_before)) * cos(radians(latitude)) * pow(sin(radians(longitude - lon_before) / 2), 2)))) - radius_km - radius_before) AS km,
    (epoch(event_time) - epoch(time_before)) / 3600.0 + 5 / 60.0 AS hours
  FROM hops WHERE source_net <> net_before AND asn IS DISTINCT FROM asn_before AND country IS DISTINCT FROM country_before
), flights AS (
  SELECT m.*, count(*) OVER (PARTITION BY who, least(m.source_net, net_before), greatest(m.source_net, net_before)) AS turns FROM measured m WHERE km >= 500 AND km / hours > 900
), judged AS (
  SELECT f.*, c.first_used = f.event_time AS new_client
  FROM flights f JOIN clients c ON c.who = f.who AND c.ua_family IS NOT DISTINCT FROM f.ua_family
  JOIN known a ON a.who = f.who AND a.source_net = f.source_net JOIN known b ON b.who = f.who AND b.source_net = f.net_before
  WHERE least(a.days, b.days) < 3 AND turns < 5
), told AS (
  SELECT *, concat_ws('|', who, least(country, country_before), greatest(country, country_before)) AS fold,
    CASE WHEN network_kind IS NOT NULL OR kind_before IS NOT NULL THEN 'low' WHEN new_client AND NOT coalesce(mfa, false) THEN 'high' ELSE 'medium' END AS severity,
    'From ' || country_before || ' (' || net_before || ') to ' || country || ' (' || source_net || ') in ' || CAST(round(hours * 60 - 5) AS INTEGER) || ' minutes: at least ' || CAST(round(km) AS INTEGER) || ' km apart.' AS note
  FROM judged
)
SELECT file_id, record_no, fold, severity, first(note ORDER BY event_time) OVER (PARTITION BY fold, CAST(event_time AS DATE)) AS note FROM told
UNION
SELECT file_before, record_before, fold, severity, first(note ORDER BY event_time) OVER (PARTITION BY fold, CAST(event_time AS DATE)) FROM told`,
});
