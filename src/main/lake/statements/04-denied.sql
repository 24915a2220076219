-- Credentials that were refused five different calls or more within an hour
SELECT case_id, session_key, principal, date_trunc('hour', event_time) AS hour_start, count(DISTINCT event_name) AS names, count(*) AS refused,
  min(source_ip) AS source_ip
FROM calls
WHERE error_code IN ('AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation', 'UnauthorizedOperation')
GROUP BY case_id, session_key, principal, date_trunc('hour', event_time)
HAVING count(DISTINCT event_name) >= 5
ORDER BY refused DESC
