-- What the entity, and the credentials $keys (JSON list) that came out of it, touched from $from to $to: each resource that
-- the calls name: first what records of incidents touched, then by how sensitive its kind, or its tag, says it is and by what happened to it.
WITH keys AS (
  SELECT unnest(from_json(CAST($keys AS JSON), '["VARCHAR"]')) AS session_key UNION SELECT issued_key FROM investigated WHERE inside AND issued_key IS NOT NULL
), own AS (
  SELECT file_id, record_no FROM investigated WHERE inside
  UNION
  SELECT file_id, record_no FROM calls WHERE session_key IN (SELECT session_key FROM keys) AND event_time BETWEEN CAST($from AS TIMESTAMP) AND CAST($to AS TIMESTAMP)
), made AS MATERIALIZED (
  SELECT c.file_id, c.record_no, c.event_time, c.event_id, c.event_source, c.event_name, c.account_id, c.error_code IS NOT NULL AS refused, c.read_only,
    c.bucket, c.target_role, c.issued_key, 'arn:' || coalesce(nullif(split_part(c.principal, ':', 2), ''), 'aws') || ':iam::' || c.account_id AS iam,
    e.request_parameters AS q, e.response_elements AS r, e.resources, h.file_id IS NOT NULL AS suspect
  FROM own JOIN calls c USING (file_id, record_no) JOIN events e USING (file_id, record_no)
  LEFT JOIN (SELECT DISTINCT file_id, record_no FROM incident_events WHERE source = 'cloudtrail') h USING (file_id, record_no) WHERE NOT c.is_service
), listed AS (
  SELECT * EXCLUDE (q, r, resources), unnest(list_distinct(list_filter(list_concat([
    {'type': 'bucket', 'id': bucket}, {'type': 'role', 'id': target_role}, {'type': 'accessKey', 'id': issued_key},
    {'type': 'secret', 'id': q ->> '$.secretId'}, {'type': 'parameter', 'id': CASE WHEN event_source = 'ssm.amazonaws.com' AND event_name IN ('GetParameter', 'PutParameter', 'DeleteParameter') THEN q ->> '$.name' END},
    {'type': 'kmsKey', 'id': CASE WHEN event_source = 'kms.amazonaws.com' THEN q ->> '$.keyId' END},
    {'type': 'user', 'id': CASE WHEN event_source = 'iam.amazonaws.com' THEN iam || ':user/' || (q ->> '$.userName') END},
    {'type': 'role', 'id': CASE WHEN event_source = 'iam.amazonaws.com' THEN iam || ':role/' || (q ->> '$.roleName') END},
    {'type': 'policy', 'id': q ->> '$.policyArn'}, {'type': 'trail', 'id': CASE WHEN event_source = 'cloudtrail.amazonaws.com' THEN coalesce(q ->> '$.trailName', q ->> '$.name') END},
    {'type': 'detector', 'id': q ->> '$.detectorId'}, {'type': 'database', 'id': q ->> '$.dBInstanceIdentifier'}, {'type': 'snapshot', 'id': coalesce(q ->> '$.snapshotId', q ->> '$.dBSnapshotIdentifier')},
    {'type': 'table', 'id': q ->> '$.tableName'}, {'type': 'function', 'id': regexp_replace(q ->> '$.functionName', '^.*:function:([^:]+).*$', '\1')},
    {'type': 'image', 'id': q ->> '$.imageId'}, {'type': 'securityGroup', 'id': q ->> '$.groupId'}, {'type': 'instance', 'id': q ->> '$.instanceId'},
    {'type': 'cluster', 'id': CASE WHEN event_source IN ('eks.amazonaws.com', 'ecs.amazonaws.com') THEN coalesce(q ->> '$.cluster', q ->> '$.name') END}],
    list_transform(coalesce(list_concat(json_extract_string(q, '$.instancesSet.items[*].instanceId'), json_extract_string(r, '$.instancesSet.items[*].instanceId'), json_extract_string(q, '$.instanceIds[*]')), []), x -> {'type': 'instance', 'id': x}),
    list_transform(coalesce(json_extract_string(q, '$.names[*]'), []), x -> {'type': 'parameter', 'id': x})
  ), x -> x.id IS NOT NULL AND x.id <> ''))) AS named
  FROM made
), kinds(type, sensitivity, why) AS (
  VALUES ('secret', 4, 'holds a secret'), ('parameter', 4, 'may hold a secret'), ('kmsKey', 4, 'decrypts data'), ('accessKey', 4, 'is a credential'),
    ('user', 4, 'is an identity'), ('role', 4, 'is an identity'), ('policy', 4, 'grants rights'), ('trail', 4, 'keeps the log'), ('detector', 4, 'keeps watch'),
    ('database', 4, 'holds data'), ('bucket', 4, 'holds data'), ('table', 4, 'holds data'), ('snapshot', 3, 'is a copy of data'), ('image', 3, 'is a copy of a disk'),
    ('function', 3, 'runs with rights'), ('cluster', 3, 'runs with rights'), ('instance', 3, 'runs with rights'), ('securityGroup', 2, 'opens the network')
), grouped AS (
  SELECT named.type AS type, named.id AS id, count(*) FILTER (NOT refused AND read_only) AS reads, count(*) FILTER (NOT refused AND NOT coalesce(read_only, false)) AS writes,
    count(*) FILTER (refused) AS refused, count(*) FILTER (suspect) AS suspect, min(event_time) AS first, max(event_time) AS last, list(DISTINCT event_name ORDER BY event_name)[1:5] AS apis,
    arg_min({'source': 'cloudtrail', 'fileId': file_id, 'recordNo': record_no, 'eventId': event_id}, (NOT suspect, refused, event_time, file_id, record_no)) AS place
  FROM listed GROUP BY ALL
), ranked AS (
  -- a tag that says its data is sensitive raises it, and none lowers it: who owns the account may change tags
  SELECT g.*, greatest(k.sensitivity, t.told) AS sensitivity, coalesce(t.told, 0) AS tagged, k.why || coalesce(', classified ' || t.classification, '') AS why
  FROM grouped g JOIN kinds k USING (type) LEFT JOIN (
    SELECT entity_id AS id, any_value(classification) AS classification,
      max(CASE WHEN regexp_matches(classification, '(?i)restrict|secret|critical|highly|sensitive|\bp[ihc]i\b') THEN 4 WHEN regexp_matches(classification, '(?i)confidential|private|high') THEN 4 WHEN regexp_matches(classification, '(?i)internal|medium') THEN 2 ELSE 1 END) AS told
    FROM resources WHERE classification IS NOT NULL GROUP BY entity_id
  ) t ON t.id = g.id
)
SELECT g.* EXCLUDE (place, sensitivity, tagged, why), ['low', 'medium', 'high', 'critical'][g.sensitivity] AS sensitivity, g.why, g.place, count(*) OVER () AS total,
  (SELECT list(DISTINCT account_id ORDER BY account_id) FILTER (account_id IS NOT NULL) FROM made) AS accounts
FROM ranked g
WHERE NOT (g.type = $type AND g.id = $id)
ORDER BY g.suspect > 0 DESC, (g.sensitivity + g.tagged) * CASE WHEN g.writes > 0 THEN 3 WHEN g.reads > 0 THEN 2 ELSE 0.5 END DESC, g.writes + g.reads DESC, g.refused DESC, g.type, g.id
LIMIT 60
