-- The rhythm of each line (account, Region, source), and the silences that break it. An hour of the day, on workdays and on
-- weekends apart, has records on a share of its days; few days lean on the share of the whole line. A silence is as surprising
-- as the product of the chances of its hours; one that the line often has at this length is none. A line that is short or seldom
-- active has no rhythm.
CREATE OR REPLACE TEMP TABLE silences AS
WITH lines AS (
  SELECT account_id, aws_region, source, min(hour) AS first_hour, max(hour) AS last_hour, count(*) AS active, sum(records) AS records,
    row_number() OVER (ORDER BY source, account_id, aws_region) AS line
  FROM coverage GROUP BY account_id, aws_region, source
), bundle AS (
  SELECT min(hour) AS first_hour, max(hour) AS last_hour FROM coverage
), hours AS (
  SELECT line, account_id, aws_region, source, unnest(generate_series(first_hour, last_hour, INTERVAL 1 HOUR)) AS h FROM lines
), slots AS ( -- hours of the day that lie in the span of a line, and how many of them have records
  SELECT l.line, hour(l.h) AS of_day, isodow(l.h) > 5 AS weekend, count(*) AS hours, count(c.hour) AS active, coalesce(avg(c.records), 0) AS records
  FROM hours l LEFT JOIN coverage c ON c.source = l.source AND c.account_id IS NOT DISTINCT FROM l.account_id AND c.aws_region IS NOT DISTINCT FROM l.aws_region AND c.hour = l.h
  GROUP BY ALL
), rhythm AS (
  SELECT line, of_day, weekend, records, (s.active + 3 * share) / (s.hours + 3) AS chance
  FROM slots s JOIN (SELECT line AS of_line, (active + 0.5) / (date_diff('hour', first_hour, last_hour) + 2) AS share FROM lines) ON of_line = line
), runs AS (
  SELECT l.line, lag(c.hour) OVER before + INTERVAL 1 HOUR AS first_time, c.hour AS last_time, 'silence' AS cause
  FROM coverage c JOIN lines l ON c.source = l.source AND c.account_id IS NOT DISTINCT FROM l.account_id AND c.aws_region IS NOT DISTINCT FROM l.aws_region
  WINDOW before AS (PARTITION BY l.line ORDER BY c.hour)
  UNION ALL SELECT line, b.first_hour, l.first_hour, 'before-first' FROM lines l, bundle b
  UNION ALL SELECT line, l.last_hour + INTERVAL 1 HOUR, b.last_hour + INTERVAL 1 HOUR, 'after-last' FROM lines l, bundle b
), silent AS (
  SELECT line, first_time, last_time, cause, date_diff('hour', first_time, last_time) AS hours FROM runs WHERE last_time > first_time
), usual AS (
  SELECT line, quantile_cont(hours, 0.75) FILTER (cause = 'silence') AS hours, count(*) FILTER (cause = 'silence') AS runs FROM silent GROUP BY line
), weighed AS (
  SELECT s.line, s.first_time, s.last_time, s.cause, s.hours, sum(-log2(1 - coalesce(r.chance, 0))) AS bits, sum(coalesce(r.chance * r.records, 0)) AS expected
  FROM (SELECT *, unnest(generate_series(first_time, last_time - INTERVAL 1 HOUR, INTERVAL 1 HOUR)) AS h FROM silent) s
  LEFT JOIN rhythm r ON r.line = s.line AND r.of_day = hour(s.h) AND r.weekend = (isodow(s.h) > 5)
  GROUP BY ALL
)
SELECT account_id, aws_region, source, first_time, last_time, cause, bits, expected
FROM weighed w JOIN lines USING (line) JOIN usual u USING (line)
WHERE bits >= 20 AND active >= 24 AND last_hour - first_hour >= INTERVAL 47 HOUR AND (cause <> 'silence' OR u.runs < 4 OR w.hours >= 2 * u.hours)
