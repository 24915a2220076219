-- Who read how many objects of which bucket by the day, from requests in CloudTrail
SELECT e.case_id, date_trunc('day', e.event_time) AS day_start, e.user_identity_arn, e.source_ip_address,
  {json:e.request_parameters:bucketName} AS bucket, count(*) AS reads, count(DISTINCT {json:e.request_parameters:key}) AS objects
FROM events e
WHERE e.event_source = 's3.amazonaws.com' AND e.event_name = 'GetObject' AND e.error_code IS NULL
GROUP BY e.case_id, date_trunc('day', e.event_time), e.user_identity_arn, e.source_ip_address, {json:e.request_parameters:bucketName}
