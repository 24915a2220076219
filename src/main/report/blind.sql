-- Calls that switch a log off, narrow it or delete it, tried or done.
SELECT event_time AS time, account_id AS account, aws_region AS region, event_name AS action, coalesce(actor_arn, principal) AS principal,
       error_code AS error
FROM calls
WHERE NOT is_service AND event_name IN (
  'StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'DeleteEventDataStore', 'StopEventDataStoreIngestion',
  'DeleteFlowLogs', 'DeleteDetector', 'UpdateDetector', 'DisassociateFromMasterAccount', 'DisassociateFromAdministratorAccount',
  'StopConfigurationRecorder', 'DeleteConfigurationRecorder', 'DeleteDeliveryChannel', 'DisableSecurityHub',
  'DeleteResolverQueryLogConfig', 'DisassociateResolverQueryLogConfig', 'DeleteLogGroup', 'DeleteLogStream', 'PutBucketLogging')
ORDER BY event_time, file_id, record_no
LIMIT 60
