-- Keys and ARNs among everything that the records name; a bucket by its ARN, too.
INSERT INTO indicator_hits BY NAME
SELECT i.indicator, 'cloudtrail' AS source, e.entity_type AS place, e.entity_id AS seen, e.events AS records, e.first_seen AS first_time, e.last_seen AS last_time
FROM entities e JOIN indicators i ON i.type IN ('accessKey', 'arn')
  AND i.value = CASE WHEN e.entity_type = 'bucket' THEN 'arn:aws:s3:::' || e.entity_id ELSE e.entity_id END
