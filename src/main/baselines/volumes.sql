-- Calls and failures of each principal and hour, or day ($unit), in scope beside what its hours or days of the same kind
-- held before (an hour: quarter of the day, working day or weekend; a day: working day or weekend; at least $enough of them,
-- else all): methods 1d. Zeros count: they are dense from the principal's first one. The top 1 % of its history is cut to
-- the 99th percentile. Means of a kind shrink towards the principal's own by $enough, and are as bursty as its time at large
-- at least: a pipeline that never ran at midnight may. $calls, $failures: the least worth a test.
WITH bounds AS (
  SELECT date_trunc($unit, CAST($from AS TIMESTAMP)) AS s0, CAST($to AS TIMESTAMP) AS s1,
    date_trunc($unit, greatest(CAST($from AS TIMESTAMP) - to_days(CAST($days AS INTEGER)), (SELECT min(hour) FROM activity))) AS b0
), counted AS MATERIALIZED (
  SELECT principal, date_trunc($unit, hour) AS hour, sum(succeeded + failed) AS n, sum(failed) AS f
  FROM activity, bounds WHERE NOT is_service AND principal_type <> 'service' AND hour >= b0 AND hour <= s1 GROUP BY ALL
), everyone AS (
  SELECT coalesce(sum(f), 0) AS f, coalesce(sum(n), 0) AS n FROM counted, bounds WHERE hour < s0
), candidates AS (
  SELECT principal, min(hour) AS first_hour, sum(n) FILTER (hour < s0) AS history_n, sum(f) FILTER (hour < s0) AS history_f,
    count(DISTINCT CAST(hour AS DATE)) FILTER (hour < s0) AS days
  FROM counted, bounds GROUP BY principal
  HAVING (max(n) FILTER (hour >= s0) >= $calls OR max(f) FILTER (hour >= s0) >= $failures) AND count(DISTINCT CAST(hour AS DATE)) FILTER (hour < s0) >= 2
), grid AS (
  SELECT hour, hour < s0 AS before, (hour(hour) // 6) * 2 + CAST(isodow(hour) >= 6 AS INTEGER) AS part
  FROM (SELECT unnest(generate_series(b0, s1, CASE WHEN $unit = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 1 HOUR END)) AS hour FROM bounds), bounds
), caps AS (
  SELECT principal, quantile_cont(n, 0.99) AS cap FROM counted, bounds WHERE hour < s0 GROUP BY principal
), dense AS (
  SELECT c.principal, g.part, CAST(least(coalesce(h.n, 0), k.cap) AS DOUBLE) AS n
  FROM candidates c JOIN caps k USING (principal) JOIN grid g ON g.before AND g.hour >= c.first_hour LEFT JOIN counted h ON h.principal = c.principal AND h.hour = g.hour
), normal AS (
  SELECT principal, part, grouping(part) = 1 AS whole, count(*) AS hours, avg(n) AS mean, coalesce(var_samp(n), 0) AS variance, median(n) AS median, mad(n) AS mad
  FROM dense GROUP BY GROUPING SETS ((principal, part), (principal))
), deviations AS (
  SELECT d.principal, n.part, n.whole, avg(abs(d.n - n.median)) AS mean_deviation
  FROM dense d JOIN normal n ON n.principal = d.principal AND (n.whole OR n.part = d.part) GROUP BY ALL
)
SELECT h.principal, h.hour, CAST(h.n AS BIGINT) AS n, CAST(h.f AS BIGINT) AS f,
  m.mean, m.mean * greatest(coalesce(s.variance / nullif(s.mean, 0), 1), coalesce(w.variance / nullif(w.mean, 0), 1)) AS variance, s.median, s.mad, v.mean_deviation AS "meanDeviation",
  CAST(c.history_n AS BIGINT) AS "historyN", CAST(c.history_f AS BIGINT) AS "historyF", CAST(c.days AS INTEGER) AS days,
  CAST(e.n AS BIGINT) AS "allN", CAST(e.f AS BIGINT) AS "allF",
  (SELECT count(*) FROM candidates) * (SELECT count(*) FROM grid WHERE NOT before) AS tests
FROM counted h JOIN candidates c USING (principal) JOIN grid g ON g.hour = h.hour AND NOT g.before CROSS JOIN everyone e
JOIN normal s ON s.principal = h.principal AND CASE
  WHEN (SELECT hours FROM normal x WHERE x.principal = h.principal AND x.part = g.part AND NOT x.whole) >= $enough THEN NOT s.whole AND s.part = g.part ELSE s.whole END
JOIN normal w ON w.principal = h.principal AND w.whole
CROSS JOIN LATERAL (SELECT (s.mean * s.hours + w.mean * $enough) / (s.hours + $enough) AS mean) m
JOIN deviations v ON v.principal = s.principal AND v.whole = s.whole AND v.part IS NOT DISTINCT FROM s.part
ORDER BY h.principal, h.hour
