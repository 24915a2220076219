-- Gaps that have a place on the map; those that matter most where there are many.
SELECT account_id AS account, aws_region AS region, source, first_time AS first, last_time AS last, cause, detail
FROM coverage_gaps WHERE first_time IS NOT NULL AND source IS NOT NULL
ORDER BY cause IN ('before-first', 'after-last'), cause = 'silence', bits DESC NULLS FIRST, first_time, source, account_id, aws_region
LIMIT 2000
