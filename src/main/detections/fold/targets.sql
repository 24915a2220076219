-- det_targets: what the requests of a finding were aimed at. Names are the attacker's to choose: they stay plain values.
CREATE OR REPLACE TEMP TABLE det_targets AS
WITH asked AS (
  SELECT m.finding_id, m.account_id, m.event_name, e.event_source, e.request_parameters AS q, coalesce(e.response_elements, '{}') AS a
  FROM (SELECT DISTINCT finding_id, account_id, event_name, file_id, record_no FROM det_members WHERE source = 'cloudtrail') m
  JOIN events e USING (file_id, record_no) WHERE e.request_parameters IS NOT NULL OR e.response_elements IS NOT NULL
), named AS (
  SELECT finding_id, 'user' AS entity_type, coalesce(a ->> '$.user.arn', 'arn:aws:iam::' || account_id || ':user/' || (q ->> '$.userName')) AS entity_id
  FROM asked WHERE event_source = 'iam.amazonaws.com' AND (q ->> '$.userName') IS NOT NULL
  UNION ALL SELECT finding_id, 'role', coalesce(a ->> '$.role.arn', 'arn:aws:iam::' || account_id || ':role/' || (q ->> '$.roleName'))
  FROM asked WHERE event_source = 'iam.amazonaws.com' AND (q ->> '$.roleName') IS NOT NULL
  UNION ALL SELECT finding_id, 'role', q ->> '$.roleArn' FROM asked
  UNION ALL SELECT finding_id, 'bucket', q ->> '$.bucketName' FROM asked
  UNION ALL SELECT finding_id, 'function', regexp_replace(q ->> '$.functionName', '^arn:.*:function:([^:]+).*$', '\1') FROM asked WHERE event_source = 'lambda.amazonaws.com'
  UNION ALL SELECT finding_id, 'accessKey', unnest([q ->> '$.accessKeyId', a ->> '$.accessKey.accessKeyId', a ->> '$.credentials.accessKeyId']) FROM asked
  UNION ALL SELECT finding_id, 'instance', unnest(list_concat([q ->> '$.instanceId', q ->> '$.target'], json_extract_string(q, '$.instanceIds[*]'), json_extract_string(q, '$.targets[*].values[*]'),
    json_extract_string(q, '$.instancesSet.items[*].instanceId'), json_extract_string(a, '$.instancesSet.items[*].instanceId'))) FROM asked
  UNION ALL SELECT finding_id, 'resource', unnest([q ->> '$.policyArn', q ->> '$.secretId', q ->> '$.snapshotId', q ->> '$.imageId', q ->> '$.volumeId', q ->> '$.keyId',
    q ->> '$.dBInstanceIdentifier', q ->> '$.dBClusterIdentifier', q ->> '$.dBSnapshotIdentifier', q ->> '$.detectorId', q ->> '$.groupId', q ->> '$.clusterName', q ->> '$.logGroupName',
    CASE WHEN event_source IN ('cloudtrail.amazonaws.com', 'ssm.amazonaws.com', 'eks.amazonaws.com') THEN q ->> '$.name' END,
    CASE WHEN event_source = 'iam.amazonaws.com' THEN q ->> '$.groupName' END]) FROM asked
)
SELECT finding_id, entity_type, entity_id FROM (SELECT DISTINCT finding_id, entity_type, left(entity_id, 500) AS entity_id FROM named)
WHERE entity_id IS NOT NULL AND entity_id NOT IN ('', '***') AND (entity_type <> 'instance' OR entity_id LIKE 'i-%' OR entity_id LIKE 'mi-%')
QUALIFY row_number() OVER (PARTITION BY finding_id, entity_type ORDER BY entity_id) <= 50
