SELECT coalesce(any_value(principal_type), '') AS type, principal AS id, count(DISTINCT concat_ws('|', country, city)) AS places
FROM placed WHERE country IS NOT NULL AND principal IS NOT NULL AND {{in_scope}}
GROUP BY principal HAVING count(DISTINCT concat_ws('|', country, city)) > 1
ORDER BY places DESC, id LIMIT 100
