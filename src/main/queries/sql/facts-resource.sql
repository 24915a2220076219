-- What a description says of the thing $id: its name, its tags, and of an instance what it is.
SELECT concat_ws('; ', 'Name ' || r.name, 'tags ' || (SELECT string_agg(left(key, 120) || '=' || left(value ->> '$', 120), ', ' ORDER BY id) FROM (SELECT * FROM json_each(r.tags) LIMIT 12)),
    'as of ' || strftime(r.told, '%Y-%m-%d')) || '.' AS text, r.source, r.file_id AS "fileId", r.record_no AS "recordNo"
FROM resources r WHERE r.entity_id = $id AND (r.name IS NOT NULL OR r.tags IS NOT NULL)
UNION ALL
SELECT concat_ws(', ', 'Instance' || coalesce(' of type ' || instance_type, ''), 'image ' || image_id, state, 'launched ' || strftime(launch_time, '%Y-%m-%d %H:%M:%S UTC'), 'profile ' || iam_instance_profile, 'key pair ' || key_name,
    'in ' || nullif(concat_ws(' ', aws_region, vpc_id, subnet_id), '')) || '.', 'ec2-instance', file_id, record_no
FROM ec2_instances WHERE instance_id = $id
