-- Traffic of each pair of ends by the day, with what was refused
SELECT case_id, date_trunc('day', start_time) AS day_start, srcaddr, dstaddr, dstport, protocol, sum(bytes) AS bytes_sent, sum(packets) AS packets_sent,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected, count(*) AS records
FROM flows
GROUP BY case_id, date_trunc('day', start_time), srcaddr, dstaddr, dstport, protocol
