-- Hits of Sigma rules on flow logs: one finding for each pair, port and day; the inside host is the target.
INSERT INTO det_hits (rule_no, source, file_id, record_no, fold, level_rank, note, address, target_type, target_id)
WITH hosts AS (
  SELECT interface_id, any_value(instance_id) AS instance_id, any_value(local_addr) AS local_addr FROM flow_activity GROUP BY interface_id
)
SELECT s.rule_no, s.source, s.file_id, s.record_no, concat_ws('|', f.srcaddr, f.dstaddr, f.dstport, CAST(f.start_time AS DATE)), NULL,
  'From ' || f.srcaddr || ' to port ' || f.dstport || ' of ' || f.dstaddr || '.',
  CASE WHEN f.srcaddr = h.local_addr THEN f.dstaddr ELSE f.srcaddr END, CASE WHEN h.instance_id IS NULL THEN 'resource' ELSE 'instance' END, coalesce(h.instance_id, f.interface_id)
FROM sigma_hits s JOIN flows f USING (file_id, record_no) LEFT JOIN hosts h USING (interface_id)
WHERE s.source = 'vpc-flow'
