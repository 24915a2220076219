import { defineDetector } from './detector';

export default defineDetector({
  id: 'ct-ia-012',
  title: 'Long-term access key used from a new network operator',
  description:
    'A long-term access key with five or more days of history was used successfully from a network operator it had not been used from before.',
  tactic: 'initial-access',
  techniques: ['T1078.004'],
  severity: 'low',
  severityReason:
    'People move and providers change; medium when nobody of the account was seen in that country before and the client is new for the key, too.',
  falsePositives: 'Travel; a new provider; a new build runner',
  remediation: ['R-KEY-DEACT'],
  source: 'cloudtrail',
  sql: `
WITH used AS (
  SELECT c.file_id, c.record_no, c.event_time, c.access_key_id, c.principal, c.source_net, c.ua_family, p.asn, p.country, p.organization
  FROM calls c JOIN address_places p ON p.address = c.source_ip
  WHERE c.access_key_id LIKE 'AKIA%' AND c.error_code IS NULL AND NOT c.is_service AND p.asn IS NOT NULL
), firsts AS (
  SELECT access_key_id, asn, any_value(country) AS country, any_value(organization) AS organization, min(event_time) AS first_time FROM used GROUP BY ALL
), fresh AS (
  SELECT f.*, (SELECT count(DISTINCT CAST(u.event_time AS DATE)) FROM used u WHERE u.access_key_id = f.access_key_id AND u.event_time < f.first_time) AS days,
    (SELECT count(DISTINCT u.asn) FROM used u WHERE u.access_key_id = f.access_key_id AND u.event_time < f.first_time) AS operators
  FROM firsts f
), countries AS (
  SELECT country, min(event_time) AS first_time FROM calls c JOIN address_places p ON p.address = c.source_ip WHERE NOT c.is_service GROUP BY country
), clients AS (
  SELECT access_key_id, ua_family, min(event_time) AS first_time FROM used GROUP BY ALL
)
SELECT u.file_id, u.record_no, concat_ws('|', u.access_key_id, u.asn) AS fold,
  CASE WHEN o.first_time >= f.first_time AND c.first_time >= f.first_time THEN 'medium' END AS severity, NULL AS note
FROM used u JOIN fresh f ON f.access_key_id = u.access_key_id AND f.asn = u.asn JOIN countries o ON o.country IS NOT DISTINCT FROM f.country
JOIN clients c ON c.access_key_id = u.access_key_id AND c.ua_family IS NOT DISTINCT FROM u.ua_family
WHERE f.days >= 5 AND f.operators <= 3 AND u.event_time < f.first_time + INTERVAL 1 DAY`,
});
