-- Whether flow_activity misses flow records of some hour: the ledger has all that have a time.
WITH told AS (
  SELECT hour, sum(records) AS n FROM coverage WHERE source IN ('vpc-flow', 'tgw-flow') GROUP BY hour
), counted AS (
  SELECT hour, sum(accepted + rejected) AS n FROM flow_activity GROUP BY hour
)
SELECT EXISTS (SELECT 1 FROM told FULL JOIN counted USING (hour) WHERE told.n IS DISTINCT FROM counted.n)
  OR EXISTS (SELECT 1 FROM flows WHERE start_time IS NULL) AS missed
