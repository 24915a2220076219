-- Names that one machine alone asked for
SELECT case_id, query_name, min(srcaddr) AS srcaddr, min(event_time) AS first_time, max(event_time) AS last_time, count(*) AS queries
FROM dns_queries
GROUP BY case_id, query_name
HAVING count(DISTINCT srcaddr) = 1
