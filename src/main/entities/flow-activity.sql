-- The serving side is the one with the lower port; its port names the service. The interface's own address is the one that
-- most of its records share.
CREATE OR REPLACE TABLE flow_activity AS
WITH addresses AS (
  SELECT interface_id, addr, count(*) AS n FROM (
    SELECT interface_id, srcaddr AS addr FROM flows UNION ALL SELECT interface_id, dstaddr FROM flows
  ) GROUP BY ALL
), own AS (
  SELECT interface_id, arg_max(addr, n) AS local_addr FROM addresses GROUP BY interface_id
), hosts AS (
  SELECT interface_id, any_value(instance_id) AS instance_id FROM (
    SELECT interface_id, instance_id FROM flows WHERE instance_id IS NOT NULL
    UNION ALL
    SELECT unnest(json_extract_string(resource, '$.instanceDetails.networkInterfaces[*].networkInterfaceId')), resource ->> '$.instanceDetails.instanceId'
    FROM provider_findings
    UNION ALL
    SELECT unnest(json_extract_string(response_elements, '$.instancesSet.items[*].networkInterfaceSet.items[*].networkInterfaceId')),
           response_elements ->> '$.instancesSet.items[0].instanceId'
    FROM events WHERE event_name = 'RunInstances' AND error_code IS NULL
  ) WHERE interface_id IS NOT NULL AND instance_id IS NOT NULL GROUP BY interface_id
)
SELECT date_trunc('hour', f.start_time) AS hour, f.account_id, f.interface_id, coalesce(any_value(f.instance_id), any_value(h.instance_id)) AS instance_id,
  o.local_addr, CASE WHEN f.srcaddr = o.local_addr THEN f.dstaddr ELSE f.srcaddr END AS peer_addr,
  CASE WHEN (f.dstaddr = o.local_addr) = (f.dstport <= f.srcport) THEN 'in' ELSE 'out' END AS direction,
  least(f.srcport, f.dstport) AS service_port, f.protocol,
  count(*) FILTER (f.action = 'ACCEPT') AS accepted, count(*) FILTER (f.action = 'REJECT') AS rejected,
  CAST(coalesce(sum(f.bytes) FILTER (f.dstaddr = o.local_addr), 0) AS BIGINT) AS bytes_in,
  CAST(coalesce(sum(f.bytes) FILTER (f.srcaddr = o.local_addr), 0) AS BIGINT) AS bytes_out,
  CAST(coalesce(sum(f.packets), 0) AS BIGINT) AS packets
FROM flows f JOIN own o USING (interface_id) LEFT JOIN hosts h USING (interface_id)
GROUP BY 1, 2, 3, 5, 6, 7, 8, 9
