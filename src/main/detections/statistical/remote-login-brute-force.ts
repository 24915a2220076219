import { defineDetector } from './detector';

/** methods 4b: many alike short connections to an administration port; a long one afterwards hints at success. */
export default defineDetector({
  id: 'vf-001',
  title: 'Password guessing against SSH or RDP',
  description: 'One address opened at least 20 alike short connections to an administration port of one host within an hour.',
  tactic: 'credential-access',
  techniques: ['T1110'],
  severity: 'medium',
  falsePositives: 'Configuration management that opens many short sessions; a vulnerability scanner',
  remediation: ['R-PRES', 'R-SG-REVOKE', 'R-IP-BLOCK', 'R-EC2-SNAP', 'R-EC2-ISO'],
  source: 'vpc-flow',
  sql: `
    WITH tries AS (
      SELECT file_id, record_no, start_time, end_time, srcaddr, dstaddr, dstport, interface_id, account_id, instance_id, packets,
        date_trunc('hour', start_time) AS hour
      FROM flows WHERE protocol = 6 AND action = 'ACCEPT' AND dstport IN (22, 3389, 5985, 5986) AND srcport > 1023
    ), bursts AS (
      SELECT srcaddr, dstaddr, dstport, min(start_time) AS first_time, max(end_time) AS last_time, count(*) AS n
      FROM tries GROUP BY srcaddr, dstaddr, dstport, hour
      HAVING count(*) >= 20 AND median(packets) BETWEEN 5 AND 60 AND stddev_pop(packets) / avg(packets) < 0.6
    ), pairs AS (
      SELECT srcaddr, dstaddr, dstport, min(first_time) AS first_time, max(last_time) AS last_time, sum(n) AS n FROM bursts GROUP BY ALL
    ), outcome AS (
      SELECT p.*, EXISTS (SELECT 1 FROM tries t WHERE t.srcaddr = p.srcaddr AND t.dstaddr = p.dstaddr AND t.dstport = p.dstport
        AND t.start_time >= p.first_time AND (t.packets > 100 OR t.end_time - t.start_time > INTERVAL 60 SECOND)) AS got_in
      FROM pairs p
    ), hosts AS (SELECT interface_id, any_value(instance_id) AS instance_id FROM flow_activity WHERE instance_id IS NOT NULL GROUP BY interface_id)
    SELECT t.file_id, t.record_no, NULL AS event_id, t.start_time AS event_time, t.srcaddr || '|' || t.dstaddr || '|' || t.dstport AS fold,
      NULL AS principal, NULL AS session_key, t.srcaddr AS source_ip, t.account_id, coalesce(t.instance_id, h.instance_id, t.interface_id) AS instance_id,
      CASE WHEN o.got_in THEN 'high' ELSE 'medium' END AS severity
    FROM tries t JOIN outcome o USING (srcaddr, dstaddr, dstport) LEFT JOIN hosts h USING (interface_id)
    WHERE t.start_time BETWEEN o.first_time AND o.last_time + INTERVAL 6 HOUR`,
});
