-- What the analysis found new, most surprising first.
SELECT kind, coalesce(principal, '') AS principal, coalesce(value, '') AS value, first_time AS first, last_time AS last,
  coalesce(succeeded, 0) AS succeeded, coalesce(failed, 0) AS failed, coalesce(is_new_for_account, false) AS "isNewForAccount", bits,
  coalesce(active_days, 0) AS "activeDays", coalesce(sample_size, 0) AS "sampleSize", coalesce(maturity, 0) AS maturity, mode
FROM baselines
