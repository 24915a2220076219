-- What the traffic of hosts (an instance, else an interface) shows in [$from, $to] and did not in the $days before, by whole
-- hours: outside peers that a host asks (new-peer), ports by which it asks outside or answers anybody (new-port), and days on
-- which it sends outside far more than on its days before (sent-day: methods 1d, at least 100 MiB, five times what came back
-- and six robust deviations of the logarithm). bits of what is new = -log2 of p(anything new | host), Good-Turing over days as
-- in new-behaviour.sql, x p(value | all hosts); of a day those of a normal tail. A host with under two days of history is
-- not judged: a short bundle does not tell whom a host talks to.
WITH bounds AS (
  SELECT date_trunc('hour', CAST($from AS TIMESTAMP)) AS h0, CAST($to AS TIMESTAMP) AS s1,
    date_trunc('hour', CAST($from AS TIMESTAMP) - to_days(CAST($days AS INTEGER))) AS b0
), traffic AS MATERIALIZED (
  SELECT coalesce(instance_id, interface_id) AS host, account_id, hour, CAST(hour AS DATE) AS day, hour < h0 AS before, direction, peer_addr,
    NOT {{private}} AS outside, service_port, protocol, accepted, rejected, bytes_in, bytes_out
  FROM flow_activity CROSS JOIN bounds WHERE hour >= b0 AND hour <= s1 AND accepted + rejected > 0
), history AS MATERIALIZED (
  SELECT host, min(account_id) AS account_id, count(DISTINCT day) FILTER (before) AS days, coalesce(sum(accepted + rejected) FILTER (before), 0) AS n
  FROM traffic GROUP BY host
), shown AS (
  SELECT 'new-peer' AS kind, peer_addr AS value, host, day, hour, before, accepted, rejected FROM traffic WHERE direction = 'out' AND outside
  UNION ALL
  SELECT 'new-port', concat(CASE direction WHEN 'in' THEN 'answers on ' ELSE 'asks ' END, service_port, '/', CASE protocol WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' ELSE CAST(protocol AS VARCHAR) END),
    host, day, hour, before, accepted, rejected
  FROM traffic WHERE service_port IS NOT NULL AND accepted > 0 AND CASE direction WHEN 'in' THEN bytes_out > 0 ELSE outside END
), found AS MATERIALIZED (
  SELECT kind, host, value, count(DISTINCT day) FILTER (before) AS days, min(hour) FILTER (NOT before) AS first, max(hour) FILTER (NOT before) AS last,
    coalesce(sum(accepted) FILTER (NOT before), 0) AS succeeded, coalesce(sum(rejected) FILTER (NOT before), 0) AS failed
  FROM shown GROUP BY kind, host, value
), habits AS (
  SELECT kind, host, -log2((count(*) FILTER (days = 1) + 0.5) / (sum(days) + 1)) AS habit FROM found WHERE days > 0 GROUP BY kind, host
), by_all AS (
  SELECT kind, value, sum(days) AS days FROM found GROUP BY kind, value
), by_account AS (
  SELECT f.kind, f.value, h.account_id, sum(f.days) AS days FROM found f JOIN history h USING (host) GROUP BY ALL
), totals AS (
  SELECT kind, sum(days) AS days, count(DISTINCT value) AS v FROM found GROUP BY kind
), sent AS MATERIALIZED (
  SELECT host, day, bool_and(before) AS before, min(hour) AS first, max(hour) AS last, sum(bytes_out) AS bytes_out, sum(bytes_in) AS bytes_in, sum(accepted) AS accepted, sum(rejected) AS rejected
  FROM traffic WHERE outside GROUP BY host, day
), usual AS (
  SELECT host, median(log10(bytes_out + 1)) AS middle, greatest(1.4826 * mad(log10(bytes_out + 1)), 0.1) AS spread FROM sent WHERE before GROUP BY host
), days_out AS (
  SELECT s.*, (log10(s.bytes_out + 1) - u.middle) / u.spread AS z, pow(10, u.middle) AS expected
  FROM sent s JOIN usual u USING (host) WHERE NOT s.before AND s.bytes_out >= 104857600 AND s.bytes_out >= 5 * s.bytes_in AND z >= 6
), judged AS (
  SELECT f.kind, f.host, f.value, f.first, f.last, f.succeeded, f.failed, NULL AS expected, coalesce(b.habit, 1) AS habit,
    coalesce(b.habit, 1) - log2((a.days + 0.5) / (t.days + 0.5 * t.v)) AS bits, coalesce(o.days, 0) = 0 AS unseen
  FROM found f JOIN history h USING (host) JOIN by_all a USING (kind, value) JOIN totals t USING (kind) LEFT JOIN habits b USING (kind, host)
  LEFT JOIN by_account o ON o.kind = f.kind AND o.value = f.value AND o.account_id IS NOT DISTINCT FROM h.account_id
  WHERE f.days = 0 AND f.first IS NOT NULL
  UNION ALL
  SELECT 'sent-day', host, strftime(day, '%Y-%m-%d'), first, last, accepted, rejected, expected, NULL, least(1000, z * z / 2 / ln(2)), false FROM days_out
)
SELECT j.kind, j.host AS principal, j.value, j.first, j.last + INTERVAL 1 HOUR - INTERVAL 1 MICROSECOND AS last,
  CAST(j.succeeded AS BIGINT) AS succeeded, CAST(j.failed AS BIGINT) AS failed, j.unseen AS "isNewForAccount", round(j.bits, 3) AS bits, round(j.habit, 3) AS habit,
  CAST(h.days AS INTEGER) AS "activeDays", CAST(h.n AS BIGINT) AS "sampleSize", least(1, h.days / CAST($days AS DOUBLE)) * least(1, h.n / 200.0) AS maturity,
  'baseline' AS mode, j.expected
FROM judged j JOIN history h USING (host)
WHERE h.days >= 2 AND ($host IS NULL OR j.host = $host) AND j.bits >= coalesce($least, 0)
ORDER BY j.bits DESC, j.first, j.kind, j.host, j.value
LIMIT CAST($limit AS BIGINT)
