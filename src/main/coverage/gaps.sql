-- Everything that the ledger knows to be missing, with the records that are there nevertheless.
INSERT INTO coverage_gaps BY NAME
WITH quiet AS (
  SELECT s.*, string_agg(DISTINCT w.action || ' was in force', ', ') AS because
  FROM silences s LEFT JOIN switched w ON w.source = s.source AND w.account_id IS NOT DISTINCT FROM s.account_id AND (w.aws_region IS NULL OR w.aws_region IS NOT DISTINCT FROM s.aws_region)
    AND w.first_time < s.last_time AND w.last_time > s.first_time
  GROUP BY ALL
), causes AS (
  SELECT account_id, aws_region, source, first_time, last_time, cause, CAST(NULL AS DOUBLE) AS expected, CAST(NULL AS DOUBLE) AS bits, action, principal, file_id, record_no, event_id,
    concat(action, CASE cause WHEN 'logging-stopped' THEN ' switched this log off' ELSE ' may have narrowed this log' END, CASE WHEN ended THEN '' ELSE '; nothing here switched it on again' END) AS detail
  FROM switched
  UNION ALL
  SELECT account_id, aws_region, source, first_time, last_time, cause, NULL, NULL, NULL, NULL, file_id, NULL, NULL, detail FROM file_gaps
  UNION ALL
  SELECT account_id, aws_region, source, first_time, last_time, cause, expected, bits, NULL, NULL, NULL, NULL, NULL,
    concat(CASE cause WHEN 'silence' THEN 'no record where about ' WHEN 'before-first' THEN 'its records begin later than those of others: about ' ELSE 'its records end earlier than those of others: about ' END,
      CAST(greatest(1, round(expected)) AS BIGINT), ' are usual', '; ' || because)
  FROM quiet
), numbered AS (
  SELECT *, row_number() OVER (ORDER BY first_time, source, account_id, aws_region, cause, file_id, record_no) AS n FROM causes
), inside AS (
  SELECT n, CAST(sum(c.records) AS BIGINT) AS records
  FROM numbered g JOIN coverage c ON c.source = g.source AND (g.account_id IS NULL OR c.account_id = g.account_id) AND (g.aws_region IS NULL OR c.aws_region = g.aws_region)
    AND c.hour >= g.first_time AND c.hour + INTERVAL 1 HOUR <= g.last_time
  GROUP BY n
)
SELECT * EXCLUDE (n, records), coalesce(records, 0) AS records FROM numbered LEFT JOIN inside USING (n)
ORDER BY n
