-- Control over machines, functions and passwords (controls) and changed rights (grants): not the origin of a credential,
-- but how one actor got hold of another's. Children are entities: an instance, a function, a user or role ARN.
INSERT INTO found_edges
WITH rights AS (
  SELECT file_id, record_no, event_name, request_parameters AS request, response_elements AS response
  FROM events
  WHERE error_code IS NULL AND (
    event_name IN ('RunInstances', 'AssociateIamInstanceProfile', 'ReplaceIamInstanceProfileAssociation', 'StartSession', 'ResumeSession', 'SendCommand',
      'SendSSHPublicKey', 'SendSerialConsoleSSHPublicKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'CreateRole', 'UpdateAssumeRolePolicy', 'AttachUserPolicy',
      'AttachRolePolicy', 'AttachGroupPolicy', 'PutUserPolicy', 'PutRolePolicy', 'PutGroupPolicy', 'AddUserToGroup', 'CreatePolicyVersion', 'SetDefaultPolicyVersion')
    OR (event_name = 'ModifyInstanceAttribute' AND (request_parameters ->> '$.userData') IS NOT NULL)
    OR regexp_matches(event_name, '^(CreateFunction|UpdateFunctionCode|UpdateFunctionConfiguration)\d'))
), machines AS (
  SELECT *, unnest(list_distinct(regexp_extract_all(concat_ws(' ', CAST(request AS VARCHAR), CAST(response AS VARCHAR)), '"(i-[0-9a-f]{8,17})"', 1))) AS child, 'controls' AS kind, NULL AS what
  FROM rights
  WHERE event_name IN ('RunInstances', 'AssociateIamInstanceProfile', 'ReplaceIamInstanceProfileAssociation', 'StartSession', 'ResumeSession', 'SendCommand',
    'SendSSHPublicKey', 'SendSerialConsoleSSHPublicKey', 'ModifyInstanceAttribute')
), functions AS (
  SELECT *, 'function:' || coalesce(nullif(regexp_extract(request ->> '$.functionName', ':function:([^:]+)', 1), ''), request ->> '$.functionName') AS child, 'controls' AS kind, request ->> '$.role' AS what
  FROM rights WHERE event_name LIKE '%Function%' AND (request ->> '$.functionName') IS NOT NULL
), identities AS (
  SELECT *, CASE WHEN event_name LIKE '%LoginProfile' THEN 'controls' ELSE 'grants' END AS kind,
    CASE WHEN (request ->> '$.roleName') IS NOT NULL THEN 'role' WHEN (request ->> '$.userName') IS NOT NULL THEN 'user' ELSE 'group' END AS type,
    coalesce(request ->> '$.roleName', request ->> '$.userName', request ->> '$.groupName') AS name,
    coalesce(response ->> '$.role.arn', CASE WHEN event_name LIKE '%PolicyVersion' THEN request ->> '$.policyArn' END) AS arn,
    coalesce(request ->> '$.policyArn', request ->> '$.policyName', CASE WHEN event_name = 'AddUserToGroup' THEN request ->> '$.groupName' END) AS what
  FROM rights
), known AS (
  SELECT principal_type AS type, account_id, regexp_extract(principal, '([^/:]+)$', 1) AS name, min(principal) AS arn
  FROM sessions WHERE principal_type IN ('role', 'user') GROUP BY ALL
), targets AS (
  SELECT file_id, record_no, child, kind, what FROM machines
  UNION ALL
  SELECT file_id, record_no, child, kind, what FROM functions
  UNION ALL
  SELECT i.file_id, i.record_no, coalesce(i.arn, k.arn, concat('arn:aws:iam::', c.account_id, ':', i.type, '/', i.name)), i.kind, i.what
  FROM identities i JOIN calls c USING (file_id, record_no)
  LEFT JOIN known k ON k.type = i.type AND k.name = i.name AND k.account_id = c.account_id
  WHERE i.event_name NOT LIKE '%Function%' AND coalesce(i.arn, i.name) IS NOT NULL
)
SELECT c.session_key, t.child, t.kind, c.file_id, c.record_no, c.event_id, c.event_time, concat_ws(' ', c.event_name, t.what), 9
FROM targets t JOIN calls c USING (file_id, record_no) WHERE c.session_key <> t.child AND c.principal_type <> 'service';
