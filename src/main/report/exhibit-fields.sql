-- The key fields of the records at $places ([{kind, fileId, recordNo}] as JSON), whatever their source.
WITH places AS (
  SELECT place.kind, place.fileId AS file_id, place.recordNo AS record_no
  FROM (SELECT unnest(from_json(CAST($places AS JSON), '[{"kind":"VARCHAR","fileId":"INTEGER","recordNo":"INTEGER"}]')) AS place)
)
SELECT kind, file_id AS "fileId", record_no AS "recordNo", event_time AS time, event_source || ' ' || event_name AS action,
       user_identity_arn AS principal, user_identity_access_key_id AS credential, source_ip_address AS ip,
       recipient_account_id AS account, aws_region AS region, coalesce(error_code, CASE WHEN response_elements ->> '$.ConsoleLogin' = 'Failure' THEN error_message END) AS error,
       coalesce(CAST(request_parameters AS VARCHAR), '') AS detail
FROM places JOIN events_all USING (file_id, record_no) WHERE kind = 'cloudtrail'
UNION ALL
SELECT kind, file_id, record_no, start_time, action || ' ' || srcaddr || ':' || srcport || ' to ' || dstaddr || ':' || dstport, NULL, NULL, srcaddr,
       account_id, aws_region, NULL, packets || ' packets, ' || bytes || ' bytes, ' || interface_id
FROM places JOIN flows_all USING (file_id, record_no) WHERE kind = 'vpc-flow'
UNION ALL
SELECT kind, file_id, record_no, first_seen, type, NULL, NULL, NULL, account_id, aws_region, NULL, coalesce(title, '')
FROM places JOIN provider_findings_all USING (file_id, record_no) WHERE kind = 'guardduty'
UNION ALL
SELECT place_kind, file_id, record_no, NULL, concat_ws(' ', 'description of', kind, name), arn, NULL, NULL, account_id, NULL, NULL, concat_ws(' ', 'attached:', CAST(attached_policies AS VARCHAR))
FROM (SELECT p.kind AS place_kind, t.* FROM places p JOIN iam_principals_all t USING (file_id, record_no) WHERE p.kind = 'iam-principal')
UNION ALL
SELECT place_kind, file_id, record_no, NULL, 'description of policy ' || name, NULL, NULL, NULL, nullif(split_part(arn, ':', 5), ''), NULL, NULL, coalesce(CAST(document AS VARCHAR), '')
FROM (SELECT p.kind AS place_kind, t.* FROM places p JOIN iam_policies_all t USING (file_id, record_no) WHERE p.kind = 'iam-policy')
