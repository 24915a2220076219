-- Networks from which a principal called for the first time after 14 days of history or more
WITH firsts AS (
  SELECT case_id, principal, source_net, min(event_time) AS first_time, count(*) AS calls
  FROM calls
  WHERE source_net IS NOT NULL AND NOT is_service
  GROUP BY case_id, principal, source_net
),
known AS (
  SELECT case_id, principal, min(event_time) AS since
  FROM calls
  GROUP BY case_id, principal
)
SELECT f.case_id, f.principal, f.source_net, f.first_time, f.calls
FROM firsts f
JOIN known k ON k.case_id = f.case_id AND k.principal = f.principal
WHERE f.first_time >= k.since + INTERVAL '14' DAY
ORDER BY f.first_time
