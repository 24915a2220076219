WITH scoped AS (
{{scoped}}
)
SELECT
  (SELECT CAST(coalesce(sum(succeeded + failed), 0) AS BIGINT) FROM scoped) AS events,
  (SELECT CAST(coalesce(sum(failed), 0) AS BIGINT) FROM scoped) AS failed,
  -- whole hours from the ledger, which has all that have a time, cut ones from the records
  (SELECT CAST(coalesce(sum(records), 0) AS BIGINT) FROM coverage WHERE source IN ('vpc-flow', 'tgw-flow') AND {{whole_hour}})
    + (SELECT count(*) FROM flows WHERE {{start_time}} AND {{cut_hour}})
    + (SELECT count(*) FROM flows WHERE start_time IS NULL AND CAST($from AS TIMESTAMP) IS NULL) AS flows,
  (SELECT count(*) FROM findings WHERE {{finding}}) AS findings,
  (SELECT count(*) FROM incidents WHERE {{finding}}) AS incidents,
  (SELECT count(DISTINCT principal) FROM scoped WHERE principal_type <> 'service') AS principals,
  (SELECT count(DISTINCT source_ip) FROM scoped) AS addresses
