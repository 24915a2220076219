-- resource_addresses: which interface and instance descriptions give an address to, as DescribeInstances,
-- DescribeNetworkInterfaces and AWS Config tell it.
CREATE OR REPLACE TABLE resource_addresses AS
WITH described AS (
  SELECT account_id, instance_id, launch_time AS since, 'ec2-instance' AS source, file_id, record_no, network_interfaces AS interfaces,
    [private_ip_address, public_ip_address, ipv6_address] AS own FROM ec2_instances
  UNION ALL
  SELECT account_id, resource_id, TRY_CAST(configuration ->> '$.launchTime' AS TIMESTAMPTZ)::TIMESTAMP, 'config-item', file_id, record_no, configuration -> '$.networkInterfaces',
    [configuration ->> '$.privateIpAddress', configuration ->> '$.publicIpAddress'] FROM config_items WHERE resource_type = 'AWS::EC2::Instance'
), attached AS (
  SELECT * EXCLUDE (interfaces), unnest(CAST(CASE WHEN json_type(interfaces) = 'ARRAY' THEN interfaces ELSE '[]' END AS JSON[])) AS i FROM described
), listed AS (
  SELECT account_id, CAST(NULL AS VARCHAR) AS interface_id, instance_id, CAST(NULL AS VARCHAR) AS description, since, source, file_id, record_no, own AS addresses FROM described
  UNION ALL
  SELECT account_id, coalesce(i ->> '$.NetworkInterfaceId', i ->> '$.networkInterfaceId'), instance_id, NULL,
    coalesce(TRY_CAST(coalesce(i ->> '$.Attachment.AttachTime', i ->> '$.attachment.attachTime') AS TIMESTAMPTZ)::TIMESTAMP, since), source, file_id, record_no,
    list_concat([i ->> '$.PrivateIpAddress', i ->> '$.privateIpAddress', i ->> '$.Association.PublicIp', i ->> '$.association.publicIp'],
      json_extract_string(i, '$.PrivateIpAddresses[*].PrivateIpAddress'), json_extract_string(i, '$.privateIpAddresses[*].privateIpAddress'), json_extract_string(i, '$.Ipv6Addresses[*].Ipv6Address'))
  FROM attached
  UNION ALL
  SELECT account_id, interface_id, instance_id, nullif(description, ''), attach_time, 'network-interface', file_id, record_no,
    list_concat([private_ip_address, public_ip_address], json_extract_string(private_ip_addresses, '$[*].PrivateIpAddress'), json_extract_string(ipv6_addresses, '$[*].Ipv6Address'))
  FROM network_interfaces
  UNION ALL
  SELECT account_id, resource_id, configuration ->> '$.attachment.instanceId', nullif(configuration ->> '$.description', ''),
    TRY_CAST(configuration ->> '$.attachment.attachTime' AS TIMESTAMPTZ)::TIMESTAMP, 'config-item', file_id, record_no,
    list_concat([configuration ->> '$.privateIpAddress', configuration ->> '$.association.publicIp'], json_extract_string(configuration, '$.privateIpAddresses[*].privateIpAddress'))
  FROM config_items WHERE resource_type = 'AWS::EC2::NetworkInterface'
)
SELECT DISTINCT ON (address, account_id, interface_id, instance_id) address, account_id, interface_id, instance_id, description, since, source, file_id, record_no
FROM (SELECT * EXCLUDE (addresses), unnest(list_distinct(list_filter(addresses, a -> a IS NOT NULL AND a <> ''))) AS address FROM listed)
ORDER BY address, account_id, interface_id, instance_id, file_id, record_no
