WITH places AS (
{{places}}
), named AS (
  SELECT source, coalesce(list(DISTINCT account ORDER BY account) FILTER (account IS NOT NULL), []) AS accounts,
    coalesce(list(DISTINCT region ORDER BY region) FILTER (region IS NOT NULL), []) AS regions
  FROM places JOIN files USING (file_id) GROUP BY source
)
SELECT f.source, count(*) AS files, CAST(coalesce(sum(f.records), 0) AS BIGINT) AS records,
  CAST(coalesce(sum(f.unique_records), 0) AS BIGINT) AS unique,
  CAST(coalesce(sum(f.duplicate_records), 0) AS BIGINT) AS duplicates,
  CAST(coalesce(sum(f.issue_records), 0) AS BIGINT) AS "issueRecords",
  min(f.first_time) AS first, max(f.last_time) AS last,
  coalesce(any_value(n.accounts), []) AS accounts, coalesce(any_value(n.regions), []) AS regions
FROM files f LEFT JOIN named n USING (source)
WHERE f.source IS NOT NULL
GROUP BY f.source ORDER BY f.source
