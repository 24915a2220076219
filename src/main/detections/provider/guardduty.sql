-- Provider findings -> det_rules, det_hits-like members and entities. Updates of a finding share its id: the latest counts.
CREATE OR REPLACE TEMP TABLE det_provider AS
WITH latest AS (
  SELECT * FROM provider_findings
  WHERE NOT coalesce(archived, false)
    -- failed controls and vulnerabilities are posture, not something that happened
    AND coalesce(type NOT LIKE 'Software and Configuration Checks/%', true) AND provider <> 'inspector'
  QUALIFY row_number() OVER (PARTITION BY provider, coalesce(finding_id, CAST(content_hash AS VARCHAR)) ORDER BY updated_at DESC NULLS LAST, file_id DESC, record_no DESC) = 1
), read AS (
  SELECT p.*, regexp_extract(type, '^([^:]+):', 1) AS purpose,
    CASE service ->> '$.action.actionType' WHEN 'NETWORK_CONNECTION' THEN '$.action.networkConnectionAction' WHEN 'AWS_API_CALL' THEN '$.action.awsApiCallAction' END AS action_path,
    coalesce(service ->> '$.action.awsApiCallAction.remoteIpDetails.ipAddressV4', service ->> '$.action.awsApiCallAction.remoteIpDetails.ipAddressV6',
      service ->> '$.action.networkConnectionAction.remoteIpDetails.ipAddressV4', service ->> '$.action.networkConnectionAction.remoteIpDetails.ipAddressV6',
      service ->> '$.action.portProbeAction.portProbeDetails[0].remoteIpDetails.ipAddressV4', service ->> '$.action.kubernetesApiCallAction.remoteIpDetails.ipAddressV4',
      service ->> '$.action.rdsLoginAttemptAction.remoteIpDetails.ipAddressV4',
      -- policy findings of Macie
      service ->> '$.actor.ipAddressDetails.ipAddressV4') AS remote_ip,
    service ->> '$.action.awsApiCallAction.api' AS api,
    upper(service ->> '$.action.networkConnectionAction.connectionDirection') AS direction,
    TRY_CAST(service ->> '$.action.networkConnectionAction.localPortDetails.port' AS INTEGER) AS local_port,
    TRY_CAST(service ->> '$.action.networkConnectionAction.remotePortDetails.port' AS INTEGER) AS remote_port,
    coalesce(service ->> '$.action.networkConnectionAction.localIpDetails.ipAddressV4', resource ->> '$.instanceDetails.networkInterfaces[0].privateIpAddress') AS local_ip,
    coalesce(resource ->> '$.instanceDetails.instanceId', nullif(regexp_extract(resource ->> '$.accessKeyDetails.principalId', ':(i-[0-9a-f]{8,17})$', 1), '')) AS instance_id,
    resource ->> '$.accessKeyDetails.accessKeyId' AS access_key_id,
    resource ->> '$.accessKeyDetails.userName' AS user_name,
    resource ->> '$.accessKeyDetails.userType' AS user_type,
    nullif(regexp_extract(resource ->> '$.accessKeyDetails.principalId', ':(.+)$', 1), '') AS session_name
  FROM latest p
), keys AS (
  SELECT access_key_id, any_value(principal) AS principal, any_value(principal_type) AS principal_type, mode(session_key ORDER BY session_key) AS session_key FROM calls
  WHERE access_key_id IN (SELECT access_key_id FROM read) GROUP BY ALL
)
SELECT r.* EXCLUDE (action_path), md5(concat_ws('|', r.provider, coalesce(r.finding_id, CAST(r.content_hash AS VARCHAR)))) AS fid,
  1000000 + CAST(row_number() OVER (ORDER BY r.provider, r.finding_id, r.file_id, r.record_no) AS INTEGER) AS rule_no,
  coalesce(k.principal, CASE user_type WHEN 'IAMUser' THEN 'arn:aws:iam::' || account_id || ':user/' || user_name WHEN 'AssumedRole' THEN 'arn:aws:iam::' || account_id || ':role/' || user_name
    WHEN 'Role' THEN 'arn:aws:iam::' || account_id || ':role/' || user_name WHEN 'Root' THEN 'arn:aws:iam::' || account_id || ':root' END) AS principal,
  coalesce(k.principal_type, CASE WHEN user_type IN ('AssumedRole', 'Role') THEN 'role' WHEN user_type IN ('IAMUser', 'Root') THEN 'user' END) AS principal_type,
  coalesce(k.session_key, nullif(r.access_key_id, '')) AS session_key
FROM read r LEFT JOIN keys k USING (access_key_id);

INSERT INTO det_rules BY NAME
SELECT rule_no, type AS rule_id, coalesce(title, type) AS title, '' AS description, provider, 'provider' AS kind,
  CASE provider WHEN 'guardduty' THEN 'Amazon GuardDuty' ELSE provider END AS author, '' AS licence,
  'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html' AS link,
  CASE WHEN severity_score >= 9 THEN 4 WHEN severity_score >= 7 THEN 3 WHEN severity_score >= 4 THEN 2 WHEN severity_score >= 1 THEN 1 ELSE 0 END AS level_rank,
  'Severity ' || severity_score || ' of 10, as the provider gave it.' AS severity_reason,
  CASE
    WHEN type LIKE '%InstanceCredentialExfiltration%' OR type LIKE '%MetadataDNSRebind%' OR type LIKE '%BruteForce%' THEN 'credential-access'
    WHEN type LIKE '%DenialOfService%' OR type LIKE '%Spambot%' OR purpose = 'CryptoCurrency' OR purpose = 'Impact' THEN 'impact'
    WHEN type LIKE '%DNSDataExfiltration%' OR type LIKE '%DropPoint%' OR purpose = 'Exfiltration' THEN 'exfiltration'
    WHEN type LIKE '%DriveBy%' OR type LIKE '%Phishing%' THEN 'initial-access'
    WHEN type LIKE '%CloudTrailLoggingDisabled%' OR type LIKE '%ServerAccessLoggingDisabled%' OR type LIKE '%PasswordPolicyChange%' OR type LIKE 'DefenseEvasion:IAMUser%' THEN 'defense-impairment'
    WHEN type LIKE 'UnauthorizedAccess:%Tor%' OR purpose IN ('Backdoor', 'Trojan') THEN 'command-and-control'
    WHEN purpose = 'Recon' THEN CASE WHEN type LIKE '%PortProbe%' THEN 'reconnaissance' ELSE 'discovery' END
    WHEN purpose IN ('InitialAccess', 'UnauthorizedAccess', 'PenTest') THEN 'initial-access'
    WHEN type LIKE 'Policy:%RootCredentialUsage' THEN 'privilege-escalation'
    WHEN purpose IN ('Execution', 'Persistence', 'Discovery') THEN lower(purpose)
    WHEN purpose = 'PrivilegeEscalation' THEN 'privilege-escalation' WHEN purpose = 'CredentialAccess' THEN 'credential-access'
    WHEN purpose IN ('DefenseEvasion', 'Stealth') THEN 'stealth'
    WHEN purpose = 'Policy' THEN 'defense-impairment'
    WHEN purpose = 'AttackSequence' THEN CASE WHEN type LIKE '%S3%' THEN 'exfiltration' ELSE 'initial-access' END
    WHEN purpose = 'Behavior' THEN CASE WHEN type LIKE '%TrafficVolume%' THEN 'exfiltration' ELSE 'command-and-control' END
    ELSE '' END AS tactic,
  list_distinct(list_concat(
    CASE WHEN type LIKE '%BruteForce%' THEN ['T1110'] WHEN type LIKE '%InstanceCredentialExfiltration%' THEN ['T1552.005'] WHEN purpose = 'CryptoCurrency' THEN ['T1496.001']
      WHEN type LIKE '%CloudTrailLoggingDisabled%' THEN ['T1685.002'] WHEN type LIKE 'Exfiltration:S3%' THEN ['T1530'] WHEN type LIKE '%RootCredentialUsage' THEN ['T1078.004']
      WHEN type LIKE '%PortProbe%' OR type LIKE '%Portscan%' OR type LIKE '%PortSweep%' THEN ['T1046'] WHEN type LIKE '%Tor%Caller%' OR type LIKE '%TorClient%' THEN ['T1090.003']
      WHEN type LIKE '%DenialOfService%' THEN ['T1498'] WHEN type LIKE '%ConsoleLogin%' OR type LIKE '%MaliciousIPCaller%' THEN ['T1078.004'] ELSE [] END,
    regexp_extract_all(coalesce(CAST(json_extract(service, '$.detection.sequence.sequenceIndicators') AS VARCHAR), ''), 'T\d{4}(\.\d{3})?'))) AS techniques,
  [] AS techniques_v18,
  CASE WHEN purpose = 'AttackSequence' THEN ['R-PRES', 'R-KEY-DEACT', 'R-ROLE-REVOKE'] WHEN instance_id IS NOT NULL AND access_key_id IS NOT NULL THEN ['R-ROLE-REVOKE', 'R-EC2-META', 'R-EC2-ISO']
    WHEN access_key_id IS NOT NULL THEN CASE WHEN user_type = 'IAMUser' THEN ['R-KEY-DEACT', 'R-USER-SESS'] ELSE ['R-ROLE-REVOKE'] END
    WHEN type LIKE '%BruteForce%' OR type LIKE '%PortProbe%' THEN ['R-SG-REVOKE', 'R-IP-BLOCK'] WHEN instance_id IS NOT NULL THEN ['R-EC2-SNAP', 'R-EC2-ISO'] ELSE ['R-PRES'] END AS remediation,
  '' AS false_positives, true AS aggregate, false AS first_seen
FROM det_provider;

CREATE OR REPLACE TEMP TABLE det_provider_members AS
SELECT fid AS finding_id, provider AS source, rule_no, file_id, record_no, finding_id AS event_id, updated_at AS event_time,
  coalesce(first_seen, created_at, updated_at) AS from_time, coalesce(last_seen, updated_at) AS to_time, coalesce(count, 1) AS times, description AS note,
  principal, principal_type, session_key, remote_ip AS source_ip, account_id
FROM det_provider
UNION ALL BY NAME -- the CloudTrail records that a finding about a call is about
SELECT p.fid AS finding_id, 'cloudtrail' AS source, p.rule_no, c.file_id, c.record_no, c.event_id, c.event_time,
  c.principal, c.principal_type, c.session_key, c.source_ip, c.account_id, c.event_name, c.error_code, c.is_service, c.ua_family, c.instance_id, c.actor_arn
FROM det_provider p JOIN calls c ON c.access_key_id = p.access_key_id AND c.event_name = p.api
  AND c.event_time BETWEEN p.first_seen - INTERVAL 1 SECOND AND p.last_seen + INTERVAL 1 SECOND AND (p.remote_ip IS NULL OR c.source_ip = p.remote_ip)
UNION ALL BY NAME -- the flows that a finding about a connection is about
SELECT p.fid AS finding_id, 'vpc-flow' AS source, p.rule_no, f.file_id, f.record_no, f.start_time AS event_time, f.account_id
FROM det_provider p JOIN flows f ON f.srcaddr = CASE p.direction WHEN 'OUTBOUND' THEN p.local_ip ELSE p.remote_ip END
  AND f.dstaddr = CASE p.direction WHEN 'OUTBOUND' THEN p.remote_ip ELSE p.local_ip END
  AND f.dstport = CASE p.direction WHEN 'OUTBOUND' THEN p.remote_port ELSE p.local_port END
  AND f.start_time BETWEEN p.first_seen - INTERVAL 10 MINUTE AND p.last_seen + INTERVAL 10 MINUTE
WHERE p.direction IN ('INBOUND', 'OUTBOUND') AND p.local_ip IS NOT NULL AND p.remote_ip IS NOT NULL;

INSERT INTO det_members BY NAME
SELECT m.*, true AS aggregate, r.level_rank, CAST(m.event_time AS DATE) AS day FROM det_provider_members m JOIN det_rules r USING (rule_no);
INSERT INTO det_also BY NAME SELECT DISTINCT fid AS finding_id, rule_no FROM det_provider;

CREATE OR REPLACE TEMP TABLE det_provider_entities AS
SELECT DISTINCT fid AS finding_id, x.entity_type, x.entity_id, x.role FROM det_provider, LATERAL (
  SELECT 'instance' AS entity_type, instance_id AS entity_id, 'target' AS role
  UNION ALL SELECT 'accessKey', session_key, 'credential'
  UNION ALL SELECT principal_type, principal, 'actor' WHERE principal_type IS NOT NULL
  UNION ALL SELECT 'roleSession', 'arn:aws:sts::' || account_id || ':assumed-role/' || user_name || '/' || session_name, 'actor' WHERE principal_type = 'role' AND session_name IS NOT NULL
  UNION ALL SELECT 'address', remote_ip, 'address'
  UNION ALL SELECT 'address', unnest(json_extract_string(service, '$.action.portProbeAction.portProbeDetails[*].remoteIpDetails.ipAddressV4')), 'address'
  UNION ALL SELECT 'address', unnest(json_extract_string(service, '$.detection.sequence.endpoints[*].ip')), 'address'
  UNION ALL SELECT 'accessKey', unnest(json_extract_string(service, '$.detection.sequence.actors[*].user.credentialUid')), 'credential'
  UNION ALL SELECT 'bucket', unnest(list_append(json_extract_string(resource, '$.s3BucketDetails[*].name'), resource ->> '$.s3BucketDetails.name')), 'target'
  UNION ALL SELECT 'function', resource ->> '$.lambdaDetails.functionName', 'target'
  UNION ALL SELECT 'cluster', resource ->> '$.eksClusterDetails.name', 'target'
  UNION ALL SELECT 'resource', resource ->> '$.ecsClusterDetails.arn', 'target'
  UNION ALL SELECT 'resource', resource ->> '$.rdsDbInstanceDetails.dbInstanceIdentifier', 'target'
  UNION ALL SELECT 'domain', service ->> '$.action.dnsRequestAction.domain', 'target'
  UNION ALL SELECT CASE WHEN regexp_matches(uid, ':instance/i-') THEN 'instance' WHEN uid LIKE 'arn:aws%:s3:::%' THEN 'bucket' ELSE 'resource' END, regexp_replace(uid, '^arn:aws[a-z-]*:(s3:::|ec2:.*:instance/)', ''), 'target'
    FROM (SELECT unnest(json_extract_string(service, '$.detection.sequence.resources[*].uid')) AS uid) WHERE uid NOT LIKE 'A_IA%'
  UNION ALL SELECT 'account', account_id, 'account'
) x WHERE x.entity_id IS NOT NULL AND x.entity_id <> '';
DROP TABLE det_provider; DROP TABLE det_provider_members
