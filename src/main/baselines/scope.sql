-- The default scope: from an hour before the earliest finding of at least high to the end. An early one that leaves no two
-- days of history is passed over for the earliest one that does, so that one false alarm on the first day does not turn
-- the whole bundle into scope. Without such findings: the last day.
WITH span AS (
  SELECT min(first_time) AS first_time, max(last_time) AS last_time FROM activity
), alarms AS (
  SELECT first_time FROM findings WHERE severity IN ('high', 'critical') AND kind <> 'baseline'
)
SELECT
  date_trunc('hour', greatest(s.first_time, coalesce(
    (SELECT min(a.first_time) FROM alarms a, span WHERE a.first_time >= span.first_time + INTERVAL 49 HOUR),
    (SELECT min(first_time) FROM alarms),
    s.last_time - INTERVAL 23 HOUR) - INTERVAL 1 HOUR)) AS "from",
  s.last_time AS "to", s.first_time AS "bundleStart"
FROM span s
