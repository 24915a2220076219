-- Calls that stop, delete or narrow the logs
SELECT case_id, event_time, account_id, aws_region, principal, session_key, source_ip, event_source, event_name, error_code, file_id, record_no
FROM calls
WHERE event_name IN ('StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'DeleteFlowLogs', 'DeleteDetector', 'UpdateDetector',
  'DeleteLogGroup', 'DeleteLogStream', 'StopConfigurationRecorder', 'DeleteConfigurationRecorder', 'DisableSecurityHub')
ORDER BY event_time
