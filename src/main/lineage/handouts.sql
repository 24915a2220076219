-- Every successful call that hands out a credential, with the credential it was made with (methods 2b).
CREATE OR REPLACE TEMP TABLE handouts AS
WITH granting AS (
  SELECT file_id, record_no, user_identity_principal_id AS principal_id, request_parameters ->> '$.roleSessionName' AS session_name,
    coalesce(response_elements ->> '$.assumedRoleUser.arn', response_elements ->> '$.federatedUser.arn') AS arn
  FROM events
  WHERE error_code IS NULL AND (event_name LIKE 'AssumeRo%' OR event_name IN ('GetSessionToken', 'GetFederationToken', 'GetCredentialsForIdentity', 'CreateSession', 'CreateAccessKey'))
), named AS (
  SELECT c.file_id, c.record_no, c.event_id, c.event_time, c.event_name, c.account_id, c.identity_type, c.actor_account_id, c.shared_event_id,
    c.issued_key, c.target_role, g.principal_id,
    coalesce(g.arn, CASE WHEN c.target_role IS NOT NULL AND g.session_name IS NOT NULL
      THEN regexp_replace(c.target_role, '^arn:([^:]*):iam::(\d*):role/(?:.*/)?([^/]+)$', 'arn:\1:sts::\2:assumed-role/\3/') || g.session_name END) AS arn,
    CASE WHEN c.principal_type <> 'service' THEN c.session_key
      WHEN regexp_full_match(g.session_name, 'i-[0-9a-f]{8,17}') THEN g.session_name
      WHEN g.session_name IS NOT NULL AND c.principal = 'lambda.amazonaws.com' THEN 'function:' || g.session_name
      WHEN g.session_name IS NOT NULL AND c.principal = 'ecs-tasks.amazonaws.com' THEN 'task:' || g.session_name
      WHEN g.session_name IS NOT NULL AND c.principal = 'pods.eks.amazonaws.com' THEN 'pod:' || g.session_name
      ELSE c.session_key END AS parent
  FROM granting g JOIN calls c USING (file_id, record_no)
), own_records AS (
  -- the same call as the caller's own account logged it: that record names the credential, the other one only an id
  SELECT shared_event_id, min_by({'file_id': file_id, 'record_no': record_no, 'event_id': event_id, 'event_time': event_time, 'parent': parent}, (file_id, record_no)) AS own
  FROM named WHERE shared_event_id IS NOT NULL AND identity_type IS DISTINCT FROM 'AWSAccount' GROUP BY shared_event_id
), callers AS (
  -- without that record the caller's id may still be known from its other calls
  SELECT n.file_id, n.record_no, arg_max(c.session_key, c.event_time) AS session_key
  FROM named n JOIN events e ON e.user_identity_principal_id = n.principal_id AND e.user_identity_type <> 'AWSAccount'
  JOIN calls c ON c.file_id = e.file_id AND c.record_no = e.record_no AND c.event_time <= n.event_time AND NOT c.is_service
  WHERE n.identity_type = 'AWSAccount' GROUP BY ALL
)
SELECT coalesce(o.own.file_id, n.file_id) AS file_id, coalesce(o.own.record_no, n.record_no) AS record_no, coalesce(o.own.event_id, n.event_id) AS event_id,
  coalesce(o.own.event_time, n.event_time) AS event_time, n.event_name, n.target_role, n.issued_key, n.arn,
  coalesce(o.own.parent, k.session_key, n.parent) AS parent,
  n.identity_type = 'AWSAccount' OR coalesce(split_part(n.target_role, ':', 5) <> n.actor_account_id, false) AS crosses
FROM named n
LEFT JOIN own_records o ON n.identity_type = 'AWSAccount' AND o.shared_event_id = n.shared_event_id
LEFT JOIN callers k ON k.file_id = n.file_id AND k.record_no = n.record_no;
