-- Which instance an interface or a private address belongs to, where records tell: the flow record itself, a started
-- instance's interfaces, an attached interface, the resource of a provider's finding, the requests of an EKS node's kubelet,
-- the heartbeat of the SSM agent, a description; from `since` on.
CREATE OR REPLACE TEMP TABLE told_hosts AS
WITH started AS (
  SELECT recipient_account_id AS account_id, unnest(CAST(json_extract(response_elements, '$.instancesSet.items') AS JSON[])) AS item
  FROM events WHERE event_name = 'RunInstances' AND json_type(response_elements, '$.instancesSet.items') = 'ARRAY'
), started_interfaces AS (
  SELECT account_id, item ->> '$.instanceId' AS instance_id, item ->> '$.privateIpAddress' AS address,
    unnest(json_extract_string(item, '$.networkInterfaceSet.items[*].networkInterfaceId') || [NULL]) AS interface_id
  FROM started
), found_interfaces AS (
  SELECT account_id, resource ->> '$.instanceDetails.instanceId' AS instance_id,
    unnest(CAST(json_extract(resource, '$.instanceDetails.networkInterfaces[*]') AS JSON[])) AS item
  FROM provider_findings WHERE (resource ->> '$.instanceDetails.instanceId') IS NOT NULL
)
SELECT DISTINCT account_id, interface_id, CAST(NULL AS VARCHAR) AS address, instance_id, CAST(NULL AS TIMESTAMP) AS since FROM flows WHERE instance_id IS NOT NULL
UNION
SELECT account_id, interface_id, address, instance_id, NULL FROM started_interfaces
UNION
SELECT account_id, item ->> '$.networkInterfaceId', item ->> '$.privateIpAddress', instance_id, NULL FROM found_interfaces
UNION
SELECT recipient_account_id, request_parameters ->> '$.networkInterfaceId', NULL, request_parameters ->> '$.instanceId', NULL
FROM events WHERE event_name = 'AttachNetworkInterface' AND error_code IS NULL
UNION
SELECT account_id, NULL, source_ip, user_session_name, NULL
FROM k8s_audit WHERE user_username LIKE 'system:node:%' AND regexp_full_match(user_session_name, 'i-[0-9a-f]{8,17}') AND source_ip IS NOT NULL
UNION
SELECT recipient_account_id, NULL, request_parameters ->> '$.iPAddress', request_parameters ->> '$.instanceId', NULL
FROM events WHERE event_name = 'UpdateInstanceInformation' AND (request_parameters ->> '$.instanceId') LIKE 'i-%' AND (request_parameters ->> '$.iPAddress') IS NOT NULL
UNION
SELECT account_id, interface_id, address, instance_id, since FROM resource_addresses WHERE instance_id IS NOT NULL
