-- Addresses that more than one case has calls from: what a lake of several cases can tell and one case cannot
SELECT source_ip, count(DISTINCT case_id) AS cases, count(DISTINCT principal) AS principals, min(event_time) AS first_time, max(event_time) AS last_time
FROM calls
WHERE ip_class = 'public'
GROUP BY source_ip
HAVING count(DISTINCT case_id) > 1
