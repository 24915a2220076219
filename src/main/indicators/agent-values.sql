-- Tools: an indicator is a whole user agent, one of its words, or a product without its version; or, when it has a space,
-- a part of the text. Letters of either case. Only those that match are counted.
CREATE OR REPLACE TEMP TABLE seen_values AS
WITH agents AS (
  SELECT DISTINCT user_agent AS seen FROM calls WHERE user_agent IS NOT NULL
  UNION SELECT DISTINCT user_agent AS seen FROM k8s_audit WHERE user_agent IS NOT NULL
  UNION SELECT DISTINCT user_agent AS seen FROM s3_access WHERE user_agent IS NOT NULL
  UNION SELECT DISTINCT user_agent AS seen FROM elb_access WHERE user_agent IS NOT NULL
  UNION SELECT DISTINCT user_agent AS seen FROM waf_requests WHERE user_agent IS NOT NULL
  UNION SELECT DISTINCT user_agent AS seen FROM cloudfront_access WHERE user_agent IS NOT NULL
), words AS (
  SELECT seen, unnest(list_distinct(list_concat([lower(seen)], string_split(lower(seen), ' '), list_transform(string_split(lower(seen), ' '), w -> split_part(w, '/', 1))))) AS word FROM agents
)
SELECT i.indicator, w.seen FROM words w JOIN indicators i ON i.type = 'userAgent' AND lower(i.value) = w.word
UNION
SELECT i.indicator, a.seen FROM agents a JOIN indicators i ON i.type = 'userAgent' AND contains(i.value, ' ') AND contains(lower(a.seen), lower(i.value));

INSERT INTO indicator_hits BY NAME
SELECT v.indicator, c.* FROM seen_values v JOIN (
  SELECT 'cloudtrail' AS source, 'user_agent' AS place, user_agent AS seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
  FROM calls WHERE user_agent IN (SELECT seen FROM seen_values) GROUP BY user_agent
  UNION ALL
  SELECT 'k8s-audit' AS source, 'user_agent' AS place, user_agent AS seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
  FROM k8s_audit WHERE user_agent IN (SELECT seen FROM seen_values) GROUP BY user_agent
  UNION ALL
  SELECT 's3-access' AS source, 'user_agent' AS place, user_agent AS seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
  FROM s3_access WHERE user_agent IN (SELECT seen FROM seen_values) GROUP BY user_agent
  UNION ALL
  SELECT 'elb-access' AS source, 'user_agent' AS place, user_agent AS seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
  FROM elb_access WHERE user_agent IN (SELECT seen FROM seen_values) GROUP BY user_agent
  UNION ALL
  SELECT 'waf' AS source, 'user_agent' AS place, user_agent AS seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
  FROM waf_requests WHERE user_agent IN (SELECT seen FROM seen_values) GROUP BY user_agent
  UNION ALL
  SELECT 'cloudfront' AS source, 'user_agent' AS place, user_agent AS seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
  FROM cloudfront_access WHERE user_agent IN (SELECT seen FROM seen_values) GROUP BY user_agent
) c USING (seen)
