WITH scoped AS (
{{scoped}}
)
SELECT
  (SELECT CAST(coalesce(sum(succeeded + failed), 0) AS BIGINT) FROM scoped) AS events,
  (SELECT CAST(coalesce(sum(failed), 0) AS BIGINT) FROM scoped) AS failed,
  (SELECT count(*) FROM flows WHERE {{start_time}}) AS flows,
  (SELECT count(*) FROM findings WHERE {{finding}}) AS findings,
  (SELECT count(*) FROM incidents WHERE {{finding}}) AS incidents,
  (SELECT count(DISTINCT principal) FROM scoped WHERE principal_type <> 'service') AS principals,
  (SELECT count(DISTINCT source_ip) FROM scoped) AS addresses
