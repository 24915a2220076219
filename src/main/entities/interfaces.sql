-- One row per interface of the flow logs: its own address, and its instance when known. The own address is the one most
-- of its records share; of two that share as many, the private one.
CREATE OR REPLACE TEMP TABLE interfaces AS
WITH seen AS (
  SELECT account_id, interface_id, srcaddr AS address, count(*) AS n, max(end_time) AS last_time FROM flows GROUP BY ALL
  UNION ALL
  SELECT account_id, interface_id, dstaddr, count(*), max(end_time) FROM flows GROUP BY ALL
), counted AS (
  SELECT account_id, interface_id, address, sum(n) AS n, max(last_time) AS last_time,
    regexp_matches(address, '^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])') AS is_private
  FROM seen WHERE interface_id IS NOT NULL AND address IS NOT NULL GROUP BY ALL
), own AS (
  SELECT account_id, interface_id, arg_max(address, (n, is_private, address)) AS local_addr, max(last_time) AS last_time FROM counted GROUP BY ALL
), by_interface AS (
  -- an instance that got the interface, or the address, after the last record had nothing to do with it
  SELECT interface_id, min(instance_id) AS instance_id FROM told_hosts JOIN own USING (interface_id)
  WHERE instance_id IS NOT NULL AND coalesce(since <= last_time, true) GROUP BY interface_id
), by_address AS (
  -- an address that several instances had at different times names none of them
  SELECT o.account_id, o.interface_id, min(t.instance_id) AS instance_id
  FROM told_hosts t JOIN own o ON o.account_id = t.account_id AND o.local_addr = t.address
  WHERE t.instance_id IS NOT NULL AND coalesce(t.since <= o.last_time, true) GROUP BY ALL HAVING count(DISTINCT t.instance_id) = 1
)
SELECT o.account_id, o.interface_id, o.local_addr, coalesce(i.instance_id, a.instance_id) AS instance_id
FROM own o LEFT JOIN by_interface i USING (interface_id) LEFT JOIN by_address a ON a.account_id = o.account_id AND a.interface_id = o.interface_id
