-- flow_activity: hourly traffic of each interface and peer, oriented (methods 4b). The serving side has the port below
-- 1024 when only one side has; of two high ports the one that three or more peers used; else the lower one.
CREATE OR REPLACE TABLE flow_activity AS
WITH hourly AS (
  SELECT date_trunc('hour', start_time) AS hour, account_id, interface_id, srcaddr, dstaddr, srcport, dstport, protocol,
    count(*) FILTER (action = 'ACCEPT') AS accepted, count(*) FILTER (action = 'REJECT') AS rejected,
    sum(bytes) AS bytes, sum(packets) AS packets
  FROM flows WHERE interface_id IS NOT NULL GROUP BY ALL
), popular AS (
  SELECT dstaddr AS address, dstport AS port, protocol FROM hourly
  WHERE srcport >= 1024 AND dstport >= 1024 GROUP BY ALL HAVING approx_count_distinct(srcaddr) >= 3
), sided AS (
  SELECT h.*, i.local_addr, i.instance_id, h.dstaddr = i.local_addr AS inbound,
    CASE
      WHEN h.srcport IS NULL OR h.dstport IS NULL OR h.protocol NOT IN (6, 17, 132) THEN true
      WHEN (h.srcport < 1024) <> (h.dstport < 1024) THEN h.dstport < 1024
      WHEN (s.port IS NULL) <> (d.port IS NULL) THEN d.port IS NOT NULL
      ELSE h.dstport <= h.srcport
    END AS destination_serves
  FROM hourly h JOIN interfaces i ON i.interface_id = h.interface_id AND i.account_id IS NOT DISTINCT FROM h.account_id
  LEFT JOIN popular s ON s.address = h.srcaddr AND s.port = h.srcport AND s.protocol = h.protocol
  LEFT JOIN popular d ON d.address = h.dstaddr AND d.port = h.dstport AND d.protocol = h.protocol
)
SELECT hour, account_id, interface_id, instance_id, local_addr, CASE WHEN inbound THEN srcaddr ELSE dstaddr END AS peer_addr,
  CASE WHEN inbound = destination_serves THEN 'in' ELSE 'out' END AS direction,
  CASE WHEN protocol IN (6, 17, 132) THEN CASE WHEN destination_serves THEN dstport ELSE srcport END END AS service_port, protocol,
  CAST(sum(accepted) AS BIGINT) AS accepted, CAST(sum(rejected) AS BIGINT) AS rejected,
  CAST(coalesce(sum(bytes) FILTER (inbound), 0) AS BIGINT) AS bytes_in,
  CAST(coalesce(sum(bytes) FILTER (NOT inbound), 0) AS BIGINT) AS bytes_out,
  CAST(coalesce(sum(packets), 0) AS BIGINT) AS packets
FROM sided GROUP BY ALL
