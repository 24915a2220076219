-- One step of lineage: which credential got which other one, and its first use (lineage/issued.sql, chain.sql without recursion)
SELECT p.case_id, p.session_key AS parent, p.issued_key AS child, p.event_name, p.target_role, p.event_time AS issued_at, min(c.event_time) AS first_used,
  count(c.event_id) AS calls
FROM calls p
LEFT JOIN calls c ON c.case_id = p.case_id AND c.session_key = p.issued_key AND c.event_time >= p.event_time
WHERE p.issued_key IS NOT NULL AND p.error_code IS NULL
GROUP BY p.case_id, p.session_key, p.issued_key, p.event_name, p.target_role, p.event_time
ORDER BY issued_at
