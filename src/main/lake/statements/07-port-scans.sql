-- Addresses that tried 50 ports or more of one host within an hour (detections/statistical/port-scan.ts)
SELECT case_id, srcaddr, dstaddr, date_trunc('hour', start_time) AS hour_start, count(DISTINCT dstport) AS ports, count(*) AS records
FROM flows
WHERE protocol = 6
GROUP BY case_id, srcaddr, dstaddr, date_trunc('hour', start_time)
HAVING count(DISTINCT dstport) >= 50
ORDER BY ports DESC
