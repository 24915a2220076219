-- Records a day: what the evidence can speak of.
SELECT source, coalesce(account_id, '') AS account, coalesce(aws_region, '') AS region, strftime(hour, '%Y-%m-%d') AS day,
  CAST(sum(records) AS BIGINT) AS records
FROM coverage
GROUP BY ALL
ORDER BY source, account, region, day
