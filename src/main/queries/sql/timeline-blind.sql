-- From each call that switched a trail, its selectors, flow logs or a detector off to the next one that switched such on in the same account.
WITH off AS (
  SELECT account_id, event_time, event_name FROM calls
  WHERE error_code IS NULL AND event_name IN ('StopLogging', 'DeleteTrail', 'DeleteFlowLogs', 'DeleteDetector', 'DisableOrganizationAdminAccount')
), switched_on AS (
  SELECT account_id, event_time FROM calls
  WHERE error_code IS NULL AND event_name IN ('StartLogging', 'CreateTrail', 'CreateFlowLogs', 'CreateDetector')
)
SELECT o.account_id AS account, o.event_time AS "from", coalesce(min(s.event_time), CAST($end AS TIMESTAMP)) AS "to", o.event_name AS call,
  count(s.event_time) > 0 AS ended
FROM off o LEFT JOIN switched_on s ON s.account_id = o.account_id AND s.event_time > o.event_time
GROUP BY ALL ORDER BY "from", account, call
