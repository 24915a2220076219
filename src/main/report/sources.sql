-- One row per evidence source: counts from the files, accounts and Regions from the records themselves.
WITH places AS (
  SELECT 'cloudtrail' AS source, list_sort(list(DISTINCT recipient_account_id)) AS accounts, list_sort(list(DISTINCT aws_region)) AS regions FROM events
  UNION ALL
  SELECT 'vpc-flow', list_sort(list(DISTINCT account_id)), list_sort(list(DISTINCT aws_region)) FROM flows
  UNION ALL
  SELECT 'guardduty', list_sort(list(DISTINCT account_id)), list_sort(list(DISTINCT aws_region)) FROM provider_findings
)
SELECT f.source, count(*) AS files, sum(records) AS records, sum(unique_records) AS "unique", sum(duplicate_records) AS duplicates,
       sum(issue_records) AS "issueRecords", min(first_time) AS first, max(last_time) AS last,
       coalesce(any_value(p.accounts), []) AS accounts, coalesce(any_value(p.regions), []) AS regions
FROM files f
LEFT JOIN places p USING (source)
WHERE f.source IS NOT NULL AND f.records > 0
GROUP BY f.source
ORDER BY f.source
