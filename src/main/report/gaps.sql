-- What the ledger knows to be missing; silences are the weakest and go last where there are many.
SELECT coalesce(account_id, '') AS account, coalesce(aws_region, '') AS region, coalesce(source, '') AS source, cause,
  first_time AS "from", last_time AS "to", records, round(expected) AS expected, detail
FROM (FROM coverage_gaps ORDER BY cause IN ('silence', 'before-first', 'after-last'), bits DESC NULLS FIRST, first_time LIMIT 500)
ORDER BY first_time NULLS LAST, source, account, region, cause
