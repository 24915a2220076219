-- The calls that stand for the entity from $days days before $from to $to; `inside` from $from on;
-- its marked place is SQL over calls with $id.
CREATE OR REPLACE TEMP TABLE investigated AS
SELECT file_id, record_no, event_id, event_time, account_id, aws_region, principal, session_key, source_ip, source_net, ua_family, user_agent,
  event_source, event_name, error_code, read_only, is_service, issued_key, event_time >= CAST($from AS TIMESTAMP) AS inside
FROM calls
WHERE ({{calls}}) AND event_time BETWEEN CAST($from AS TIMESTAMP) - to_days(CAST($days AS INTEGER)) AND CAST($to AS TIMESTAMP)
