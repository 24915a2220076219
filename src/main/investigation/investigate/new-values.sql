-- What the entity's calls show from $from on and did not show in the days before, with the first record of each; and
-- whether nobody of the accounts showed it in those days. Needs two days of history: with less nothing is called new.
WITH placed AS MATERIALIZED (
  SELECT i.*, p.country, p.organization FROM investigated i LEFT JOIN address_places p ON p.address = i.source_ip WHERE NOT i.is_service
), history AS (
  SELECT count(DISTINCT CAST(event_time AS DATE)) AS days, count(*) AS records FROM placed WHERE NOT inside
), shown AS (
  SELECT 'NEW_GEOLOCATION' AS type, country AS value, * FROM placed
  UNION ALL SELECT 'NEW_ASO', organization, * FROM placed
  UNION ALL SELECT 'NEW_USER_AGENT', ua_family, * FROM placed
  UNION ALL SELECT 'NEW_API', event_source || ':' || event_name, * FROM placed
  UNION ALL SELECT 'NEW_SERVICE', event_source, * FROM placed
  UNION ALL SELECT 'NEW_NETWORK', source_net, * FROM placed
  UNION ALL SELECT 'NEW_REGION', aws_region, * FROM placed
), fresh AS (
  SELECT type, value, min(event_time) AS first, max(event_time) AS last, count(*) AS records, count(error_code) AS refused,
    arg_min(source_ip, (event_time, file_id, record_no)) AS ip, arg_min({'source': 'cloudtrail', 'fileId': file_id, 'recordNo': record_no, 'eventId': event_id}, (event_time, file_id, record_no)) AS place
  FROM shown WHERE value IS NOT NULL GROUP BY type, value HAVING bool_and(inside)
), accounts AS (
  SELECT DISTINCT account_id FROM investigated WHERE inside
), known AS (
  SELECT DISTINCT p.country, p.organization, a.ua_family, a.event_source || ':' || a.event_name AS api, a.event_source, a.source_net, a.aws_region
  FROM activity a LEFT JOIN address_places p ON p.address = a.source_ip
  WHERE a.account_id IN (SELECT account_id FROM accounts) AND NOT a.is_service
    AND a.first_time < CAST($from AS TIMESTAMP) AND a.hour >= CAST($from AS TIMESTAMP) - to_days(CAST($days AS INTEGER))
), known_values AS (
  SELECT DISTINCT 'NEW_GEOLOCATION' AS type, country AS value FROM known UNION SELECT 'NEW_ASO', organization FROM known
  UNION SELECT 'NEW_USER_AGENT', ua_family FROM known UNION SELECT 'NEW_API', api FROM known UNION SELECT 'NEW_SERVICE', event_source FROM known
  UNION SELECT 'NEW_NETWORK', source_net FROM known UNION SELECT 'NEW_REGION', aws_region FROM known
)
SELECT f.type, f.value, f.first, f.last, f.records, f.refused, f.ip, f.place, k.value IS NULL AS "isNewForAccount",
  CAST(h.days AS INTEGER) AS "activeDays", h.records AS "sampleSize"
FROM fresh f CROSS JOIN history h LEFT JOIN known_values k ON k.type = f.type AND k.value = f.value
WHERE h.days >= 2
QUALIFY row_number() OVER (PARTITION BY f.type ORDER BY f.first, f.value) <= 25
ORDER BY list_position(['NEW_GEOLOCATION', 'NEW_ASO', 'NEW_USER_AGENT', 'NEW_NETWORK', 'NEW_REGION', 'NEW_SERVICE', 'NEW_API'], f.type), f.first, f.value
