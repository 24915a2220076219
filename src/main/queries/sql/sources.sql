WITH places AS (
  SELECT 'cloudtrail' AS source, recipient_account_id AS account, aws_region AS region FROM events GROUP BY ALL
  UNION ALL SELECT 'vpc-flow', account_id, aws_region FROM flows GROUP BY ALL
  UNION ALL SELECT provider, account_id, aws_region FROM provider_findings GROUP BY ALL
), named AS (
  SELECT source, coalesce(list(DISTINCT account ORDER BY account) FILTER (account IS NOT NULL), []) AS accounts,
    coalesce(list(DISTINCT region ORDER BY region) FILTER (region IS NOT NULL), []) AS regions
  FROM places GROUP BY source
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
