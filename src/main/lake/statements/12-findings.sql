-- Findings with the number of their records, gravest first
SELECT f.case_id, f.finding_id, f.rule_id, f.title, f.severity, f.tactic, f.principal, f.first_time, f.last_time, count(e.record_no) AS records
FROM findings f
LEFT JOIN finding_events e ON e.case_id = f.case_id AND e.finding_id = f.finding_id
GROUP BY f.case_id, f.finding_id, f.rule_id, f.title, f.severity, f.tactic, f.principal, f.first_time, f.last_time
ORDER BY CASE f.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END, f.first_time
