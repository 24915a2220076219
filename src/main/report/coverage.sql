-- Records a day: what the evidence can speak of.
SELECT source, coalesce(account, '') AS account, coalesce(region, '') AS region, strftime(day, '%Y-%m-%d') AS day, sum(n) AS records
FROM (
  SELECT 'cloudtrail' AS source, account_id AS account, aws_region AS region, CAST(hour AS DATE) AS day, succeeded + failed AS n FROM activity
  UNION ALL
  SELECT 'vpc-flow', account_id, '', CAST(hour AS DATE), accepted + rejected FROM flow_activity
  UNION ALL
  SELECT 'guardduty', account_id, aws_region, CAST(updated_at AS DATE), 1 FROM provider_findings
)
WHERE day IS NOT NULL
GROUP BY ALL
ORDER BY source, account, region, day
