-- Every address of the logs once for each place: source, column, address, records, first and last time.
CREATE OR REPLACE TEMP TABLE seen_values AS
SELECT 'cloudtrail' AS source, 'source_ip' AS place, source_ip AS seen, CAST(sum(succeeded + failed) AS BIGINT) AS records, min(first_time) AS first_time, max(last_time) AS last_time
FROM activity WHERE source_ip IS NOT NULL GROUP BY source_ip
UNION ALL
SELECT 'vpc-flow', 'peer_addr', peer_addr, CAST(sum(accepted + rejected) AS BIGINT), min(hour), max(hour) FROM flow_activity WHERE peer_addr IS NOT NULL GROUP BY peer_addr
UNION ALL
SELECT 'vpc-flow', 'local_addr', local_addr, CAST(sum(accepted + rejected) AS BIGINT), min(hour), max(hour) FROM flow_activity WHERE local_addr IS NOT NULL GROUP BY local_addr
UNION ALL
SELECT 'k8s-audit', 'source_ip', source_ip, count(*), min(event_time), max(event_time) FROM k8s_audit WHERE source_ip IS NOT NULL GROUP BY source_ip
UNION ALL
SELECT 's3-access', 'remote_ip', remote_ip, count(*), min(event_time), max(event_time) FROM s3_access WHERE remote_ip IS NOT NULL GROUP BY remote_ip
UNION ALL
SELECT 'elb-access', 'client_ip', client_ip, count(*), min(event_time), max(event_time) FROM elb_access WHERE client_ip IS NOT NULL GROUP BY client_ip
UNION ALL
SELECT 'waf', 'client_ip', client_ip, count(*), min(event_time), max(event_time) FROM waf_requests WHERE client_ip IS NOT NULL GROUP BY client_ip
UNION ALL
SELECT 'cloudfront', 'client_ip', client_ip, count(*), min(event_time), max(event_time) FROM cloudfront_access WHERE client_ip IS NOT NULL GROUP BY client_ip
UNION ALL
SELECT 'dns-query', 'answers', answer, CAST(sum(records) AS BIGINT), min(first_time), max(last_time) FROM (
  SELECT unnest(list_distinct(regexp_extract_all(texts, '[0-9A-Fa-f]*(?:[.:][0-9A-Fa-f]+){3,}'))) AS answer, records, first_time, last_time FROM (
    -- The same answer is given many times; it is taken apart once.
    SELECT CAST(answers AS VARCHAR) AS texts, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time FROM dns_queries WHERE answers IS NOT NULL GROUP BY ALL))
GROUP BY answer;

INSERT INTO indicator_hits BY NAME
SELECT i.indicator, s.* FROM seen_values s JOIN indicators i ON i.type = 'address' AND i.value = lower(s.seen)
UNION ALL
SELECT i.indicator, s.* EXCLUDE (number) FROM (
  SELECT *, CAST(split_part(seen, '.', 1) AS BIGINT) * 16777216 + CAST(split_part(seen, '.', 2) AS BIGINT) * 65536 + CAST(split_part(seen, '.', 3) AS BIGINT) * 256 + CAST(split_part(seen, '.', 4) AS BIGINT) AS number
  FROM seen_values WHERE regexp_matches(seen, '^\d{1,3}(\.\d{1,3}){3}$')
) s JOIN indicators i ON i.type = 'network' AND s.number BETWEEN i.first_address AND i.last_address
