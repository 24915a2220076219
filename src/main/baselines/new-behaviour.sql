-- Newly observed values per principal: in scope, absent from the days before. bits = -log2 p with back-off from the principal
-- to the account (k = 5). Calls made through AWS services are left out.
WITH bounds AS (
  SELECT CAST($from AS TIMESTAMP) AS s0, CAST($to AS TIMESTAMP) AS s1, CAST($from AS TIMESTAMP) - to_days(CAST($days AS INTEGER)) AS b0
), shown AS (
  SELECT a.*, u.kind, u.value FROM activity a, bounds,
    LATERAL (SELECT unnest(['new-api', 'new-service', 'new-address', 'new-user-agent', 'new-region']) AS kind,
                    unnest([event_source || ':' || event_name, event_source, source_ip, ua_family, aws_region]) AS value) u
  WHERE NOT is_service AND principal_type <> 'service' AND u.value IS NOT NULL AND a.last_time >= b0 AND a.first_time <= s1
), per_value AS (
  SELECT kind, principal, value, sum(succeeded + failed) FILTER (last_time < s0) AS n_before,
    min(greatest(first_time, s0)) FILTER (last_time >= s0) AS first, max(last_time) FILTER (last_time >= s0) AS last,
    coalesce(sum(succeeded) FILTER (last_time >= s0), 0) AS succeeded, coalesce(sum(failed) FILTER (last_time >= s0), 0) AS failed
  FROM shown, bounds GROUP BY kind, principal, value
), account_values AS (
  SELECT kind, value, coalesce(sum(n_before), 0) AS n FROM per_value GROUP BY kind, value
), account_totals AS (
  SELECT kind, sum(n) AS n, count(*) AS v FROM account_values GROUP BY kind
), history AS (
  SELECT principal, count(DISTINCT CAST(hour AS DATE)) AS days, sum(succeeded + failed) AS n
  FROM activity, bounds WHERE NOT is_service AND last_time >= b0 AND last_time < s0 GROUP BY principal
)
SELECT p.kind, p.principal, p.value, p.first, p.last, CAST(p.succeeded AS BIGINT) AS succeeded, CAST(p.failed AS BIGINT) AS failed, a.n = 0 AS "isNewForAccount",
  -log2((5 * (a.n + 0.5) / (t.n + 0.5 * t.v)) / (coalesce(h.n, 0) + 5)) AS bits,
  coalesce(h.days, 0) AS "activeDays", CAST(coalesce(h.n, 0) AS BIGINT) AS "sampleSize",
  least(1, coalesce(h.days, 0) / 14.0) * least(1, coalesce(h.n, 0) / 200.0) AS maturity,
  CASE WHEN coalesce(h.days, 0) >= 2 THEN 'baseline' ELSE 'cold' END AS mode
FROM per_value p JOIN account_values a USING (kind, value) JOIN account_totals t USING (kind) LEFT JOIN history h USING (principal)
WHERE p.first IS NOT NULL AND p.n_before IS NULL AND (CAST($principal AS VARCHAR) IS NULL OR p.principal = CAST($principal AS VARCHAR))
ORDER BY bits DESC, p.first, p.kind, p.principal, p.value
LIMIT CAST($limit AS BIGINT)
