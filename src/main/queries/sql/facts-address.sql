-- Whose the address $id is, or which addresses the instance $id has; and the range of AWS that the address lies in.
SELECT address || ' belongs to ' || concat_ws(', ', 'instance ' || coalesce((SELECT any_value(r.name) FROM resources r WHERE r.entity_type = 'instance' AND r.entity_id = a.instance_id) || ' (' || instance_id || ')', instance_id),
    'interface ' || interface_id, description, 'since ' || strftime(since, '%Y-%m-%d %H:%M:%S UTC')) || '.' AS text, source, file_id AS "fileId", record_no AS "recordNo"
FROM resource_addresses a WHERE address = $id OR instance_id = $id
UNION ALL
SELECT p.address || ' is an address of AWS ' || p.aws_service || ' in ' || p.aws_service_region || ', as ip-ranges.json' || coalesce(' of ' || strftime(r.published, '%Y-%m-%d'), '') || ' says'
    || CASE WHEN p.aws_service = 'EC2' THEN '; any customer of AWS may have rented it.' ELSE '.' END, 'ip-range', r.file_id, r.record_no
FROM address_places p, LATERAL (
  SELECT file_id, record_no, published FROM aws_ip_ranges WHERE service = p.aws_service AND aws_region = p.aws_service_region
    AND published IS NOT DISTINCT FROM (SELECT max(published) FROM aws_ip_ranges) ORDER BY split_part(prefix, '.', 1) <> split_part(p.address, '.', 1), file_id, record_no LIMIT 1
) r WHERE p.address = $id AND p.aws_service IS NOT NULL
LIMIT 20
