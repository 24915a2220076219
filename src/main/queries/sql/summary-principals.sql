-- Callers with the most calls; AWS's own services are left out.
WITH scoped AS (
{{scoped}}
), ranked AS (
  SELECT principal_type AS type, principal AS id, CAST(sum(succeeded) AS BIGINT) AS succeeded, CAST(sum(failed) AS BIGINT) AS failed,
    max(last_time) AS last
  FROM scoped WHERE principal_type <> 'service' GROUP BY ALL ORDER BY sum(succeeded + failed) DESC, id LIMIT 50
), named AS (
  SELECT entity_type AS type, entity_id AS id, min(label) AS label FROM entities GROUP BY ALL
), daily AS (
  SELECT principal_type AS type, principal AS id, day, CAST(sum(succeeded + failed) AS BIGINT) AS n
  FROM scoped GROUP BY ALL
)
SELECT r.type, r.id, coalesce(n.label, r.id) AS label, r.succeeded, r.failed, r.last,
  (SELECT list({'day': d.day, 'n': d.n} ORDER BY d.day) FROM daily d WHERE d.type = r.type AND d.id = r.id) AS days
FROM ranked r LEFT JOIN named n USING (type, id)
ORDER BY r.succeeded + r.failed DESC, r.id
