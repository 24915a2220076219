-- Who did what in the records of {{named}}, for the WITH of moments.sql and timeline.sql.
seen AS ( -- only the records named, by a semi join: a left join reads every call and flow record of the case
  SELECT file_id, record_no, coalesce(actor_arn, principal) AS principal, source_ip, error_code, event_source || ' ' || event_name AS action
  FROM calls
  SEMI JOIN (SELECT file_id, record_no FROM {{named}} WHERE source = 'cloudtrail') USING (file_id, record_no)
), flown AS (
  SELECT file_id, record_no, srcaddr, action || ' ' || srcaddr || ' to ' || dstaddr || ':' || dstport AS action
  FROM flows
  SEMI JOIN (SELECT file_id, record_no FROM {{named}} WHERE source = 'vpc-flow') USING (file_id, record_no)
), told AS (
  SELECT k.*, c.principal, coalesce(c.source_ip, fl.srcaddr) AS ip, c.error_code AS error, coalesce(c.action, p.type, fl.action, k.source) AS action
  FROM {{named}} k
  LEFT JOIN seen c ON k.source = 'cloudtrail' AND c.file_id = k.file_id AND c.record_no = k.record_no
  LEFT JOIN provider_findings p ON k.source = 'guardduty' AND p.file_id = k.file_id AND p.record_no = k.record_no
  LEFT JOIN flown fl ON k.source = 'vpc-flow' AND fl.file_id = k.file_id AND fl.record_no = k.record_no
)
