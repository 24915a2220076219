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
), words AS MATERIALIZED (
  SELECT seen, unnest(list_distinct(list_concat([lower(seen)], string_split(lower(seen), ' '), list_transform(string_split(lower(seen), ' '), w -> split_part(w, '/', 1))))) AS word FROM agents
), parts AS MATERIALIZED (
  -- What stands between two spaces of an indicator is a word of every user agent that holds it.
  SELECT indicator, lower(value) AS text, string_split(lower(value), ' ')[2:-2] AS inner_words FROM indicators WHERE type = 'userAgent' AND contains(value, ' ')
), rarest AS (
  SELECT indicator, text, arg_min(word, coalesce(agents, 0)) AS word
  FROM (SELECT indicator, text, unnest(inner_words) AS word FROM parts) LEFT JOIN (SELECT word, count(*) AS agents FROM words GROUP BY word) USING (word)
  GROUP BY indicator, text
)
SELECT i.indicator, w.seen FROM words w JOIN indicators i ON i.type = 'userAgent' AND lower(i.value) = w.word
UNION
SELECT r.indicator, w.seen FROM words w JOIN rarest r USING (word) WHERE contains(lower(w.seen), r.text)
UNION
SELECT p.indicator, a.seen FROM agents a JOIN parts p ON len(p.inner_words) = 0 AND contains(lower(a.seen), p.text);

INSERT INTO indicator_hits BY NAME
SELECT v.indicator, c.* FROM seen_values v JOIN (
  SELECT source, 'user_agent' AS place, seen, count(*) AS records, min(event_time) AS first_time, max(event_time) AS last_time
  FROM logged_agents WHERE seen IN (SELECT seen FROM seen_values) GROUP BY source, seen
) c USING (seen);
DROP VIEW logged_agents
