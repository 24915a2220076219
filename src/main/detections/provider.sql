-- Provider findings: the latest update of each, with tactic by the purpose of its type and the entities it names.
CREATE OR REPLACE TEMP TABLE provider_latest AS
SELECT *, split_part(type, ':', 1) AS purpose,
  'provider:' || provider || ':' || finding_id AS fid,
  coalesce(service ->> '$.action.awsApiCallAction.remoteIpDetails.ipAddressV4', service ->> '$.action.networkConnectionAction.remoteIpDetails.ipAddressV4',
    service ->> '$.action.portProbeAction.portProbeDetails[0].remoteIpDetails.ipAddressV4', service ->> '$.action.kubernetesApiCallAction.remoteIpDetails.ipAddressV4') AS remote_ip,
  resource ->> '$.instanceDetails.instanceId' AS instance_id,
  resource ->> '$.accessKeyDetails.accessKeyId' AS access_key_id,
  resource ->> '$.accessKeyDetails.userName' AS user_name,
  resource ->> '$.accessKeyDetails.userType' AS user_type,
  coalesce(resource ->> '$.s3BucketDetails[0].name', resource ->> '$.s3BucketDetails.name') AS bucket_name
FROM provider_findings
WHERE NOT coalesce(archived, false)
QUALIFY row_number() OVER (PARTITION BY provider, finding_id ORDER BY updated_at DESC, file_id DESC, record_no DESC) = 1;

INSERT INTO findings
SELECT fid, type, coalesce(title, type), coalesce(description, ''), provider, 'provider',
  CASE purpose WHEN 'InitialAccess' THEN 'initial-access' WHEN 'Execution' THEN 'execution' WHEN 'Persistence' THEN 'persistence'
    WHEN 'PrivilegeEscalation' THEN 'privilege-escalation' WHEN 'DefenseEvasion' THEN 'stealth' WHEN 'CredentialAccess' THEN 'credential-access'
    WHEN 'Discovery' THEN 'discovery' WHEN 'Recon' THEN 'discovery' WHEN 'Exfiltration' THEN 'exfiltration' WHEN 'Impact' THEN 'impact'
    WHEN 'Stealth' THEN 'defense-impairment' WHEN 'Backdoor' THEN 'command-and-control' WHEN 'Trojan' THEN 'command-and-control'
    WHEN 'CryptoCurrency' THEN 'impact'
    WHEN 'UnauthorizedAccess' THEN CASE WHEN type LIKE '%InstanceCredentialExfiltration%' OR type LIKE '%BruteForce%' THEN 'credential-access' ELSE 'initial-access' END
    ELSE '' END,
  CASE WHEN type LIKE '%BruteForce%' THEN ['T1110'] WHEN type LIKE '%InstanceCredentialExfiltration%' THEN ['T1552.005']
    WHEN type LIKE 'CryptoCurrency%' THEN ['T1496'] WHEN type LIKE '%CloudTrailLoggingDisabled' THEN ['T1685.002'] WHEN type LIKE 'Exfiltration:S3%' THEN ['T1530'] ELSE [] END,
  [], CASE WHEN severity_score >= 9 THEN 'critical' WHEN severity_score >= 7 THEN 'high' WHEN severity_score >= 4 THEN 'medium' ELSE 'low' END,
  'severity ' || severity_score || ' as the provider gave it',
  (SELECT any_value(c.principal) FROM calls c WHERE c.access_key_id = p.access_key_id), access_key_id, remote_ip, account_id, first_seen, last_seen,
  1, CAST([{'ruleId': type, 'title': coalesce(title, type), 'provider': provider, 'author': 'Amazon GuardDuty', 'licence': '', 'link': '', 'severity': CAST(severity_score AS VARCHAR)}] AS JSON), ['R-PRES'], ''
FROM provider_latest p;

INSERT INTO finding_events
SELECT l.fid, l.provider, p.file_id, p.record_no, p.finding_id, p.updated_at FROM provider_latest l JOIN provider_latest p USING (fid);

INSERT INTO finding_entities
SELECT fid, 'address', remote_ip, 'address' FROM provider_latest WHERE remote_ip IS NOT NULL
UNION ALL SELECT fid, 'instance', instance_id, 'target' FROM provider_latest WHERE instance_id IS NOT NULL
UNION ALL SELECT fid, 'accessKey', access_key_id, 'credential' FROM provider_latest WHERE access_key_id IS NOT NULL
UNION ALL SELECT fid, 'bucket', bucket_name, 'target' FROM provider_latest WHERE bucket_name IS NOT NULL
UNION ALL SELECT fid, 'account', account_id, 'account' FROM provider_latest WHERE account_id IS NOT NULL
UNION ALL SELECT fid, CASE user_type WHEN 'IAMUser' THEN 'user' ELSE 'role' END, 'arn:aws:iam::' || account_id || CASE user_type WHEN 'IAMUser' THEN ':user/' ELSE ':role/' END || user_name, 'actor'
  FROM provider_latest WHERE user_type IN ('IAMUser', 'AssumedRole') AND user_name IS NOT NULL;
