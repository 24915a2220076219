, compared AS (
  SELECT *, {{in_scope}} AS shown, event_time >= CAST($since AS TIMESTAMP) AS later,
    event_time < CAST($since AS TIMESTAMP) AND event_time >= CAST($since AS TIMESTAMP) - to_days(CAST($days AS INTEGER)) AS before
  FROM placed
), history AS (
  SELECT count(DISTINCT CAST(event_time AS DATE)) AS days FROM compared WHERE before
), networks AS (
  SELECT country, city, count(*) AS networks, count(*) FILTER (NOT known AND later) AS new_networks
  FROM (SELECT country, city, asn, bool_or(before) AS known, bool_or(shown AND later) AS later
    FROM compared WHERE asn IS NOT NULL GROUP BY ALL HAVING bool_or(shown))
  GROUP BY ALL
), places AS (
  SELECT country, city, any_value(latitude) AS latitude, any_value(longitude) AS longitude, any_value(radius_km) AS "radiusKm",
    count(DISTINCT address) FILTER (shown) AS addresses, count(DISTINCT principal) FILTER (shown) AS principals,
    coalesce(list_sort(list_distinct(list(network_kind) FILTER (shown AND network_kind IS NOT NULL))), []) AS kinds,
    bool_and(network_kind IS NOT NULL) FILTER (shown) AS "allKinds",
    count(*) FILTER (shown AND NOT failed) AS succeeded, count(*) FILTER (shown AND failed) AS failed,
    min(event_time) FILTER (shown) AS first, max(event_time) FILTER (shown) AS last,
    bool_or(before) AS known, bool_or(shown AND later) AS later
  FROM compared GROUP BY country, city HAVING bool_or(shown)
)
SELECT p.country, p.city, latitude, longitude, "radiusKm", addresses, principals, coalesce(n.networks, 0) AS networks,
  CASE WHEN h.days < 2 THEN 0 ELSE coalesce(n.new_networks, 0) END AS "newNetworks", kinds, "allKinds", succeeded, failed, first, last,
  CASE WHEN h.days < 2 OR p.country IS NULL THEN 'unsure' WHEN later AND NOT known THEN 'new'
    WHEN later AND n.new_networks > 0 THEN 'network' ELSE 'known' END AS state,
  h.days AS "historyDays"
FROM places p CROSS JOIN history h
LEFT JOIN networks n ON n.country IS NOT DISTINCT FROM p.country AND n.city IS NOT DISTINCT FROM p.city
ORDER BY state = 'new' DESC, succeeded + failed DESC, p.country, p.city
