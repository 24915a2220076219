-- Calls that switched a log off or narrowed it, each up to the call that switched it on again. Trails are switched for an
-- account, all others for a Region. What a call asked for decides where its name does not.
CREATE OR REPLACE TEMP TABLE switched AS
WITH asked AS (
  SELECT c.file_id, c.record_no, c.event_id, c.event_time, c.account_id, c.aws_region, c.event_name, coalesce(c.actor_arn, c.principal) AS principal,
    CAST(e.request_parameters AS VARCHAR) AS request
  FROM calls c JOIN events e ON e.file_id = c.file_id AND e.record_no = c.record_no
  WHERE c.error_code IS NULL AND c.event_name IN (
    'StopLogging', 'DeleteTrail', 'StartLogging', 'CreateTrail', 'PutEventSelectors', 'UpdateTrail', 'DeleteFlowLogs', 'CreateFlowLogs',
    'DeleteDetector', 'CreateDetector', 'UpdateDetector', 'DisassociateFromMasterAccount', 'DisassociateFromAdministratorAccount',
    'StopMonitoringMembers', 'StartMonitoringMembers', 'CreateFilter', 'DisableSecurityHub', 'EnableSecurityHub',
    'DeleteResolverQueryLogConfig', 'DisassociateResolverQueryLogConfig', 'AssociateResolverQueryLogConfig', 'CreateResolverQueryLogConfig',
    'PutBucketLogging', 'DeleteLoggingConfiguration', 'PutLoggingConfiguration', 'UpdateClusterConfig', 'ModifyLoadBalancerAttributes')
), told AS (
  SELECT *, CASE
      WHEN event_name IN ('StopLogging', 'DeleteTrail', 'StartLogging', 'CreateTrail', 'PutEventSelectors', 'UpdateTrail') THEN 'cloudtrail'
      WHEN event_name IN ('DeleteFlowLogs', 'CreateFlowLogs') THEN 'vpc-flow'
      WHEN event_name LIKE '%Resolver%' THEN 'dns-query' WHEN event_name LIKE '%SecurityHub' THEN 'security-hub'
      WHEN event_name = 'PutBucketLogging' THEN 's3-access' WHEN event_name LIKE '%LoggingConfiguration' THEN 'waf'
      WHEN event_name = 'UpdateClusterConfig' THEN 'k8s-audit' WHEN event_name = 'ModifyLoadBalancerAttributes' THEN 'elb-access'
      ELSE 'guardduty' END AS source,
    CASE
      WHEN event_name IN ('StartLogging', 'CreateTrail', 'CreateFlowLogs', 'CreateDetector', 'StartMonitoringMembers', 'EnableSecurityHub',
        'AssociateResolverQueryLogConfig', 'CreateResolverQueryLogConfig', 'PutLoggingConfiguration') THEN 'on'
      WHEN event_name IN ('StopLogging', 'DeleteTrail', 'DeleteFlowLogs', 'DeleteDetector', 'DisassociateFromMasterAccount', 'DisassociateFromAdministratorAccount',
        'StopMonitoringMembers', 'DisableSecurityHub', 'DeleteResolverQueryLogConfig', 'DisassociateResolverQueryLogConfig', 'DeleteLoggingConfiguration') THEN 'off'
      WHEN event_name = 'UpdateDetector' THEN CASE WHEN regexp_matches(request, '"enable"\s*:\s*"?false') THEN 'off' WHEN regexp_matches(request, '"enable"\s*:\s*"?true') THEN 'on' ELSE 'narrowed' END
      WHEN event_name = 'PutBucketLogging' THEN CASE WHEN contains(request, 'LoggingEnabled') THEN 'on' ELSE 'off' END
      WHEN event_name = 'UpdateClusterConfig' THEN CASE WHEN regexp_matches(request, '"enabled"\s*:\s*"?false') THEN 'off' WHEN contains(request, 'clusterLogging') THEN 'on' END
      WHEN event_name = 'ModifyLoadBalancerAttributes' THEN CASE WHEN regexp_matches(request, 'access_?[lL]ogs?') THEN CASE WHEN contains(request, 'false') THEN 'off' ELSE 'on' END END
      WHEN event_name = 'PutEventSelectors' THEN CASE
        WHEN regexp_matches(request, '"includeManagementEvents"\s*:\s*"?true') AND NOT regexp_matches(request, '"readWriteType"\s*:\s*"(Read|Write)Only') AND NOT regexp_matches(request, '"excludeManagementEventSources"\s*:\s*\[\s*"') THEN 'on'
        ELSE 'narrowed' END
      WHEN event_name = 'CreateFilter' THEN CASE WHEN contains(request, 'ARCHIVE') THEN 'narrowed' END
      WHEN event_name = 'UpdateTrail' THEN CASE WHEN regexp_matches(request, '"(isMultiRegionTrail|includeGlobalServiceEvents|enableLogFileValidation|isOrganizationTrail)"\s*:\s*"?false') THEN 'narrowed' END
    END AS turns
  FROM asked
), ends AS (
  SELECT o.file_id, o.record_no, min(s.event_time) AS ended
  FROM told o JOIN told s ON s.turns = 'on' AND s.source = o.source AND s.account_id IS NOT DISTINCT FROM o.account_id AND s.event_time > o.event_time
    AND (o.source = 'cloudtrail' OR s.aws_region IS NOT DISTINCT FROM o.aws_region)
  WHERE o.turns IN ('off', 'narrowed')
  GROUP BY o.file_id, o.record_no
)
SELECT o.account_id, CASE WHEN o.source <> 'cloudtrail' THEN o.aws_region END AS aws_region, o.source, o.event_time AS first_time,
  coalesce(ended, (SELECT max(hour) + INTERVAL 1 HOUR FROM coverage)) AS last_time, CASE turns WHEN 'off' THEN 'logging-stopped' ELSE 'logging-narrowed' END AS cause,
  o.event_name AS action, o.principal, o.file_id, o.record_no, o.event_id, ended IS NOT NULL AS ended
FROM told o LEFT JOIN ends USING (file_id, record_no)
WHERE turns IN ('off', 'narrowed')
