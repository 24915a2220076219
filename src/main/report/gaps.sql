-- Runs of whole days without a CloudTrail record between the first and the last of an account and Region that is
-- otherwise active on most days: missing files, or logging that was off.
WITH days AS (
  SELECT DISTINCT account_id AS account, aws_region AS region, CAST(hour AS DATE) AS day FROM activity
), spans AS (
  SELECT account, region, day, lag(day) OVER (PARTITION BY account, region ORDER BY day) AS before,
         count(*) OVER (PARTITION BY account, region) AS active,
         max(day) OVER (PARTITION BY account, region) - min(day) OVER (PARTITION BY account, region) + 1 AS span
  FROM days
)
SELECT account, region, 'cloudtrail' AS source, strftime(before + 1, '%Y-%m-%d') AS "from", strftime(day - 1, '%Y-%m-%d') AS "to"
FROM spans
WHERE day - before > 1 AND active >= 0.6 * span
ORDER BY account, region, before
LIMIT 100
