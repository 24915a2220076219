-- Newly observed values per principal (methods 1b, 1c): shown in [$from, $to], absent from the $days before.
-- bits = -log2 of p(something new | principal) x p(value | its peers, everyone). The first is Good-Turing over days: the
-- share of (day, value) pairs whose value showed on one day only, so that a function on a fresh address every day does
-- not surprise with one more; `habit` is its bits. The second backs off from peers (at least 5 of the same role family or
-- user population) to everyone, k = 5. A principal with under two days of history is `cold`: its values are rated against
-- what all the others do in the same time instead, and are never called new. Calls through AWS services are left out.
WITH bounds AS (
  SELECT CAST($from AS TIMESTAMP) AS s0, CAST($to AS TIMESTAMP) AS s1, CAST($from AS TIMESTAMP) - to_days(CAST($days AS INTEGER)) AS b0,
    date_trunc('hour', CAST($from AS TIMESTAMP)) AS h0
), daily AS MATERIALIZED (
  -- Whole days as they are counted; of the days that the bounds cut, the hours.
  SELECT principal, principal_type, account_id, event_source, event_name, source_ip, source_net, ua_family, aws_region, day,
    first_time < s0 AS before, last_time >= s0 AND ($address IS NULL OR source_ip = $address) AS inside,
    first_time, last_time, succeeded, failed
  FROM daily_activity CROSS JOIN bounds
  WHERE NOT is_service AND principal_type <> 'service' AND day > CAST(b0 AS DATE) AND day < CAST(s1 AS DATE) AND day <> CAST(s0 AS DATE)
  UNION ALL
  SELECT principal, principal_type, account_id, event_source, event_name, source_ip, source_net, ua_family, aws_region, CAST(hour AS DATE) AS day,
    first_time < s0 AS before, last_time >= s0 AND ($address IS NULL OR source_ip = $address) AS inside,
    min(first_time) AS first_time, max(last_time) AS last_time, sum(succeeded) AS succeeded, sum(failed) AS failed
  FROM activity CROSS JOIN bounds
  WHERE NOT is_service AND principal_type <> 'service' AND {{cut:hour}}
    AND hour >= date_trunc('hour', b0) AND hour <= s1
  GROUP BY ALL
), shown AS MATERIALIZED (
  SELECT d.*, event_source || ':' || event_name AS api, p.country, coalesce(p.organization, 'AS' || p.asn) AS operator
  FROM daily d LEFT JOIN address_places p ON p.address = source_ip
), aims AS MATERIALIZED (
  -- What the calls reached for. An hour counts whole, as in `activity`: the one that $from cuts is kept apart from the rest
  -- of its day, and every hour where an address is asked for.
  SELECT principal, target_role, bucket, day, first_time, last_time, succeeded, failed, first_time < s0 AS before, last_time >= s0 AS inside
  FROM daily_aims CROSS JOIN bounds
  WHERE $address IS NULL AND NOT is_service AND principal_type <> 'service' AND day > CAST(b0 AS DATE) AND day < CAST(s1 AS DATE) AND day <> CAST(s0 AS DATE)
  UNION ALL
  SELECT principal, target_role, bucket, day, first_time, last_time, succeeded, failed, before, inside FROM (
    SELECT principal, target_role, bucket, CAST(event_time AS DATE) AS day, event_time >= h0 AS late, event_time >= h0 AND event_time < h0 + INTERVAL 1 HOUR AS cut,
      CASE WHEN $address IS NOT NULL THEN date_trunc('hour', event_time) END AS hour, min(event_time) AS first_time, max(event_time) AS last_time,
      count(*) FILTER (error_code IS NULL) AS succeeded, count(*) FILTER (error_code IS NOT NULL) AS failed, min(event_time) < any_value(s0) AS before,
      max(event_time) >= any_value(s0) AND ($address IS NULL OR bool_or(source_ip = $address)) AS inside
    FROM calls CROSS JOIN bounds
    WHERE ($address IS NOT NULL OR {{cut:event_time}}) AND (target_role IS NOT NULL OR bucket IS NOT NULL) AND NOT is_service AND principal_type <> 'service'
      AND event_time >= date_trunc('hour', b0) AND event_time <= s1
    GROUP BY ALL
  )
), history AS MATERIALIZED (
  SELECT principal, coalesce(sum(succeeded + failed) FILTER (before), 0) AS n, count(DISTINCT day) FILTER (before) AS days, sum(succeeded + failed) AS n_all,
    min(account_id) AS account_id, CASE WHEN min(principal_type) = 'role'
      THEN regexp_replace(regexp_replace(regexp_extract(principal, '([^/:]+)$', 1), '_[0-9a-f]{16}$', ''), '\d+', '#', 'g')
      ELSE min(principal_type) || ' ' || min(account_id) END AS peers
  FROM shown GROUP BY principal
), peer_groups AS (
  SELECT peers, sum(n) AS n, count(*) AS members FROM history WHERE n > 0 GROUP BY peers HAVING count(*) >= 5
), everyone AS (
  SELECT coalesce(sum(n), 0) AS n, sum(n_all) AS n_all FROM history
), found AS MATERIALIZED (
  -- of one principal's question, the values it has, whoever has them
  {{values}}
), habits AS (
  SELECT kind, principal, -log2((count(*) FILTER (days = 1) + 0.5) / (sum(days) + 1)) AS habit FROM found WHERE days > 0 GROUP BY kind, principal
), by_all AS (
  SELECT kind, value, sum(n) AS n, sum(n_all) AS n_all FROM found GROUP BY kind, value
), by_account AS (
  SELECT f.kind, f.value, h.account_id, sum(f.n) AS n FROM found f JOIN history h USING (principal) GROUP BY ALL
), variety AS (
  {{variety}}
), by_peers AS (
  SELECT f.kind, f.value, h.peers, sum(f.n) AS n FROM found f JOIN history h USING (principal) SEMI JOIN peer_groups USING (peers) GROUP BY ALL
), fresh AS (
  SELECT f.* EXCLUDE (days), h.peers, h.account_id, h.n AS history_n, h.days, h.n_all AS own_all, coalesce(b.habit, 1) AS habit
  FROM found f JOIN history h USING (principal) LEFT JOIN habits b USING (kind, principal)
  WHERE f.n = 0 AND f.first IS NOT NULL AND ($principal IS NULL OR f.principal = $principal)
), rated AS (
  SELECT f.*, coalesce(o.n, 0) = 0 AS unseen, f.days >= 2 AS warm,
    (a.n + 0.5) / (e.n + 0.5 * v.v) AS p_all, g.n AS peer_total, coalesce(p.n, 0) AS peer_n,
    (a.n_all - f.n_all + 0.5) / (e.n_all - f.own_all + 0.5 * v.v) AS p_others
  FROM fresh f JOIN by_all a USING (kind, value) JOIN variety v USING (kind) CROSS JOIN everyone e
  LEFT JOIN by_account o ON o.kind = f.kind AND o.value = f.value AND o.account_id IS NOT DISTINCT FROM f.account_id
  LEFT JOIN peer_groups g ON g.peers = f.peers LEFT JOIN by_peers p ON p.peers = f.peers AND p.kind = f.kind AND p.value = f.value
)
SELECT kind, principal, value, first, last, CAST(succeeded AS BIGINT) AS succeeded, CAST(failed AS BIGINT) AS failed, unseen AS "isNewForAccount",
  round(CASE WHEN warm THEN habit - log2(CASE WHEN peer_total IS NULL THEN p_all ELSE (peer_n + 5 * p_all) / (peer_total + 5) END) ELSE -log2(p_others) END, 3) AS bits,
  round(CASE WHEN warm THEN habit END, 3) AS habit,
  CAST(days AS INTEGER) AS "activeDays", CAST(history_n AS BIGINT) AS "sampleSize",
  least(1, days / CAST($days AS DOUBLE)) * least(1, history_n / 200.0) AS maturity,
  CASE WHEN warm THEN 'baseline' ELSE 'cold' END AS mode
FROM rated
WHERE $least IS NULL OR warm OR -log2(p_others) >= $least
ORDER BY bits DESC, first, kind, principal, value
LIMIT CAST($limit AS BIGINT)
