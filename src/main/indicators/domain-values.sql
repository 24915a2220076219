-- Domains and what is below them, among the names that hosts asked for and that web requests were for.
CREATE OR REPLACE TEMP TABLE seen_values AS
SELECT 'dns-query' AS source, 'query_name' AS place, query_name AS seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
FROM dns_queries WHERE query_name IS NOT NULL GROUP BY query_name
UNION ALL
SELECT 'elb-access', 'domain_name', domain_name, count(*), min(event_time), max(event_time) FROM elb_access WHERE domain_name IS NOT NULL GROUP BY domain_name
UNION ALL
SELECT 'waf', 'host', host, count(*), min(event_time), max(event_time) FROM waf_requests WHERE host IS NOT NULL GROUP BY host
UNION ALL
SELECT 'cloudfront', 'host_header', host_header, count(*), min(event_time), max(event_time) FROM cloudfront_access WHERE host_header IS NOT NULL GROUP BY host_header;

INSERT INTO indicator_hits BY NAME
SELECT i.indicator, s.* EXCLUDE (name) FROM (
  SELECT * EXCLUDE (labels), unnest(list_transform(range(1, len(labels)), n -> array_to_string(labels[n:], '.'))) AS name
  FROM (SELECT *, string_split(rtrim(lower(seen), '.'), '.') AS labels FROM seen_values)
) s JOIN indicators i ON i.type = 'domain' AND i.value = s.name
