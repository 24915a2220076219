-- Tools: an indicator is a whole user agent, one of its words, or a product without its version; or, when it has a space,
-- a part of the text. Letters of either case. Only those that match are counted.
CREATE OR REPLACE TEMP VIEW logged_agents AS
SELECT 'cloudtrail' AS source, user_agent AS seen, event_time FROM calls
UNION ALL SELECT 'k8s-audit', user_agent, event_time FROM k8s_audit
UNION ALL SELECT 's3-access', user_agent, event_time FROM s3_access
UNION ALL SELECT 'elb-access', user_agent, event_time FROM elb_access
UNION ALL SELECT 'waf', user_agent, event_time FROM waf_requests
UNION ALL SELECT 'cloudfront', user_agent, event_time FROM cloudfront_access;

CREATE OR REPLACE TEMP TABLE seen_values AS
WITH agents AS (
  SELECT DISTINCT seen FROM logged_agents WHERE seen IS NOT NULL
), words AS (
  SELECT seen, unnest(list_distinct(list_concat([lower(seen)], string_split(lower(seen), ' '), list_transform(string_split(lower(seen), ' '), w -> split_part(w, '/', 1))))) AS word FROM agents
)
SELECT i.indicator, w.seen FROM words w JOIN indicators i ON i.type = 'userAgent' AND lower(i.value) = w.word
UNION
SELECT i.indicator, a.seen FROM agents a JOIN indicators i ON i.type = 'userAgent' AND contains(i.value, ' ') AND contains(lower(a.seen), lower(i.value));

INSERT INTO indicator_hits BY NAME
SELECT v.indicator, c.* FROM seen_values v JOIN (
  SELECT source, 'user_agent' AS place, seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
  FROM logged_agents WHERE seen IN (SELECT seen FROM seen_values) GROUP BY source, seen
) c USING (seen);
DROP VIEW logged_agents
