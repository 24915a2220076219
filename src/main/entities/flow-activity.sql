-- flow_activity: hourly traffic of each interface and peer, oriented (methods 4b). The serving side has the port below
-- 1024 when only one side has; of two high ports the one that three or more peers used; else the lower one.
-- Records are oriented one by one before they are counted: the port of the asking side is another for nearly every
-- record, so groups that hold it would be as many as the records.
-- Records that tell no outcome have rows of their own, neither accepted nor rejected: without such rows the counts are complete.
CREATE OR REPLACE TABLE flow_activity AS
WITH popular AS (
  SELECT dstaddr AS address, dstport AS port, protocol FROM flows
  WHERE interface_id IS NOT NULL AND srcport >= 1024 AND dstport >= 1024 GROUP BY ALL HAVING approx_count_distinct(srcaddr) >= 3
), numbered AS MATERIALIZED (
  SELECT *, row_number() OVER () AS interface FROM interfaces
), sided AS (
  SELECT date_trunc('hour', f.start_time) AS hour, i.interface, f.srcaddr, f.dstaddr, f.srcport, f.dstport, f.protocol, f.action, f.bytes, f.packets,
    f.dstaddr = i.local_addr AS inbound,
    CASE
      WHEN f.srcport IS NULL OR f.dstport IS NULL OR f.protocol NOT IN (6, 17, 132) THEN true
      WHEN (f.srcport < 1024) <> (f.dstport < 1024) THEN f.dstport < 1024
      WHEN (s.port IS NULL) <> (d.port IS NULL) THEN d.port IS NOT NULL
      ELSE f.dstport <= f.srcport
    END AS destination_serves
  FROM flows f JOIN numbered i ON i.interface_id = f.interface_id AND i.account_id IS NOT DISTINCT FROM f.account_id
  LEFT JOIN popular s ON s.address = f.srcaddr AND s.port = f.srcport AND s.protocol = f.protocol
  LEFT JOIN popular d ON d.address = f.dstaddr AND d.port = f.dstport AND d.protocol = f.protocol
), counted AS (
  SELECT hour, interface, CASE WHEN inbound THEN srcaddr ELSE dstaddr END AS peer_addr,
    CASE WHEN inbound = destination_serves THEN 'in' ELSE 'out' END AS direction,
    CASE WHEN protocol IN (6, 17, 132) THEN CASE WHEN destination_serves THEN dstport ELSE srcport END END AS service_port, protocol,
    action IN ('ACCEPT', 'REJECT') AS told, count(*) FILTER (action = 'ACCEPT') AS accepted, count(*) FILTER (action = 'REJECT') AS rejected,
    CAST(coalesce(sum(bytes) FILTER (inbound), 0) AS BIGINT) AS bytes_in,
    CAST(coalesce(sum(bytes) FILTER (inbound IS NOT TRUE), 0) AS BIGINT) AS bytes_out,
    CAST(coalesce(sum(packets), 0) AS BIGINT) AS packets
  FROM sided GROUP BY ALL
)
SELECT c.hour, i.account_id, i.interface_id, i.instance_id, i.local_addr, c.* EXCLUDE (hour, interface, told)
FROM counted c JOIN numbered i USING (interface)
