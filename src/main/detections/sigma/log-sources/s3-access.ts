import { columnSource } from './column-source';

/** S3 server access logs, with the field names of the S3 documentation in snake case, and those of Athena's table. */
export const s3Access = columnSource({
  id: 's3-access',
  table: 's3_access',
  names: ['aws/s3access', 'aws/s3-access', 'aws/s3_access', 'aws/s3', 'aws/s3serveraccess'],
  columns: {
    bucket_owner: 'bucket_owner',
    bucket: 'bucket',
    bucket_name: 'bucket',
    remote_ip: 'remote_ip',
    requester: 'requester',
    request_id: 'request_id',
    operation: 'operation',
    key: 'key',
    request_uri: 'request_uri',
    http_status: 'http_status',
    error_code: 'error_code',
    bytes_sent: 'bytes_sent',
    object_size: 'object_size',
    total_time: 'total_time',
    referer: 'referer',
    referrer: 'referer',
    user_agent: 'user_agent',
    version_id: 'version_id',
    signature_version: 'signature_version',
    authentication_type: 'authentication_type',
    auth_type: 'authentication_type',
    host_header: 'host_header',
    tls_version: 'tls_version',
    access_point_arn: 'access_point_arn',
    acl_required: 'acl_required',
  },
  profile: ['operation', 'http_status', 'error_code', 'authentication_type'],
  idColumn: 'request_id',
  subject: {
    account: "nullif(regexp_extract(e.requester, '^arn:[^:]*:[^:]*::(\\d{12}):', 1), '')",
    principal:
      "regexp_replace(e.requester, '^arn:([^:]+):sts::(\\d+):assumed-role/([^/]+).*$', 'arn:\\1:iam::\\2:role/\\3')",
    principalType:
      "CASE WHEN contains(e.requester, ':assumed-role/') THEN 'role' WHEN contains(e.requester, ':user/') OR contains(e.requester, ':root') THEN 'user' WHEN e.requester IS NOT NULL THEN 'account' END",
    credential: 'CAST(NULL AS VARCHAR)',
    address: 'e.remote_ip',
    targetType: "'bucket'",
    target: 'e.bucket',
    words:
      "concat_ws(' ', coalesce(e.requester, 'An anonymous caller'), 'made', e.operation, 'on', e.bucket || coalesce('/' || e.key, ''), 'from ' || e.remote_ip, '(' || e.http_status || ')')",
  },
});
