-- For each rule of the last analysis: the findings that rest on it, folded ones included, and the records behind them.
SELECT rule_id AS "ruleId", list(DISTINCT finding_id ORDER BY finding_id) AS "findingIds",
  CAST(count(DISTINCT (source, file_id, record_no)) AS BIGINT) AS records
FROM (
  SELECT finding_id, unnest(list_distinct(list_append(coalesce(CAST(sources ->> '$[*].ruleId' AS VARCHAR[]), []), rule_id))) AS rule_id
  FROM findings
) JOIN finding_events USING (finding_id)
GROUP BY rule_id
