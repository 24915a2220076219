-- From each call that switched a log off to the next one that switched it on again.
SELECT account_id AS account, first_time AS "from", last_time AS "to", action AS call,
  last_time <= (SELECT max(hour) FROM coverage) AS ended
FROM coverage_gaps WHERE cause = 'logging-stopped'
ORDER BY "from", account, call
