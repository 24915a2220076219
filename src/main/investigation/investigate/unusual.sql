-- Hours, and days, in which the callers of the entity's calls did far more, or failed far more, than on the days before.
SELECT kind, principal, value AS hour, succeeded, failed, expected, bits, q_value AS "qValue", active_days AS "activeDays", sample_size AS "sampleSize"
FROM baselines
WHERE kind IN ('volume', 'failure-share', 'volume-day', 'failure-share-day') AND principal IN (SELECT principal FROM investigated WHERE inside)
  AND last_time >= CAST($from AS TIMESTAMP) AND first_time <= CAST($to AS TIMESTAMP)
ORDER BY bits DESC, first_time, principal LIMIT 50
