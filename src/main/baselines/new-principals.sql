-- Principals without any call in the days before, where the bundle has two days of history at least. Their values are not
-- told one by one: the principal itself is what is new. Good-Turing: the chance of one more new principal is the share of
-- those that were active on one day only.
INSERT INTO baselines BY NAME
WITH bounds AS (
  SELECT CAST($from AS TIMESTAMP) AS s0, CAST($from AS TIMESTAMP) - to_days(CAST($days AS INTEGER)) AS b0
), seen AS (
  SELECT principal, min(first_time) AS first_time, max(last_time) AS last_time, sum(succeeded) AS succeeded, sum(failed) AS failed,
    count(DISTINCT CAST(hour AS DATE)) FILTER (first_time < s0) AS days, count(DISTINCT CAST(hour AS DATE)) AS all_days
  FROM activity, bounds WHERE NOT is_service AND principal_type IN ('user', 'role', 'federatedUser') AND hour >= date_trunc('hour', b0) GROUP BY principal
), known AS (
  SELECT count(*) FILTER (days > 0) AS n, count(*) FILTER (days = 1 AND all_days = 1) AS once FROM seen
)
SELECT 'new-principal' AS kind, principal, principal AS value, first_time, last_time, CAST(succeeded AS BIGINT) AS succeeded, CAST(failed AS BIGINT) AS failed,
  round(-log2((k.once + 0.5) / (k.n + 1) / (k.n + 1)), 3) AS bits, true AS is_new_for_account, 0 AS active_days, CAST(0 AS BIGINT) AS sample_size,
  least(1, date_diff('hour', CAST($bundleStart AS TIMESTAMP), CAST($from AS TIMESTAMP)) / 24.0 / CAST($days AS DOUBLE)) AS maturity, 'baseline' AS mode
FROM seen, known k
WHERE days = 0 AND CAST($bundleStart AS TIMESTAMP) <= CAST($from AS TIMESTAMP) - INTERVAL 2 DAY
