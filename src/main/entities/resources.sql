-- resources: names and tags of what the logs name, from DescribeInstances, IAM and AWS Config. The latest description of each.
CREATE OR REPLACE TABLE resources AS
WITH described AS (
  SELECT 'instance' AS entity_type, instance_id AS entity_id, account_id, aws_region, CAST(NULL AS VARCHAR) AS own_name, tags,
    CAST(NULL AS TIMESTAMP) AS captured, 'ec2-instance' AS source, file_id, record_no FROM ec2_instances
  UNION ALL SELECT 'resource', interface_id, account_id, aws_region, nullif(description, ''), tags, NULL, 'network-interface', file_id, record_no FROM network_interfaces
  UNION ALL SELECT CASE kind WHEN 'group' THEN 'resource' ELSE kind END, arn, account_id, NULL, name, tags, NULL, 'iam-principal', file_id, record_no FROM iam_principals
  UNION ALL
  SELECT CASE resource_type WHEN 'AWS::EC2::Instance' THEN 'instance' WHEN 'AWS::S3::Bucket' THEN 'bucket' WHEN 'AWS::Lambda::Function' THEN 'function'
      WHEN 'AWS::IAM::User' THEN 'user' WHEN 'AWS::IAM::Role' THEN 'role' ELSE 'resource' END,
    CASE WHEN resource_type IN ('AWS::EC2::Instance', 'AWS::EC2::NetworkInterface', 'AWS::KMS::Key') THEN resource_id
      WHEN resource_type IN ('AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::RDS::DBInstance', 'AWS::DynamoDB::Table') THEN coalesce(resource_name, resource_id)
      ELSE coalesce(arn, resource_id) END,
    account_id, aws_region, resource_name, tags, capture_time, 'config-item', file_id, record_no FROM config_items WHERE status IS DISTINCT FROM 'ResourceDeleted'
), tagged AS (
  -- a list of {Key, Value}, or an object; the texts of keys are the attacker's to choose, so no path is made of them
  SELECT d.* EXCLUDE (tags), coalesce(d.captured, f.modified) AS told,
    (SELECT list({'k': CASE WHEN json_type(d.tags) = 'ARRAY' THEN value ->> '$.Key' ELSE key END, 'v': coalesce(CASE WHEN json_type(d.tags) = 'ARRAY' THEN value ->> '$.Value' ELSE value ->> '$' END, '')})
     FROM json_each(d.tags) WHERE json_type(d.tags) IN ('ARRAY', 'OBJECT')) AS pairs
  FROM described d JOIN files f USING (file_id) WHERE entity_id <> ''
)
SELECT entity_type, entity_id, account_id, aws_region,
  coalesce(nullif(list_filter(pairs, p -> p.k = 'Name')[1].v, ''), CASE WHEN own_name IS DISTINCT FROM entity_id THEN own_name END) AS name,
  CASE WHEN len(pairs) > 0 THEN CAST('{' || array_to_string(list_transform(list_filter(pairs, p -> p.k IS NOT NULL), p -> CAST(to_json(p.k) AS VARCHAR) || ':' || CAST(to_json(p.v) AS VARCHAR)), ',') || '}' AS JSON) END AS tags,
  nullif(list_filter(pairs, p -> regexp_full_match(p.k, '(?i)(data[-_: ]?)?(classification|sensitivity|confidentiality)'))[1].v, '') AS classification,
  told, source, file_id, record_no
FROM tagged
QUALIFY row_number() OVER (PARTITION BY entity_type, entity_id ORDER BY told DESC NULLS LAST, file_id DESC, record_no DESC) = 1
