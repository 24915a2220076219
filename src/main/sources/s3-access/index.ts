import { S3_ACCESS } from '../../evidence/originals/access-fields';
import { documentFormat, namedFields } from '../named-fields';
import { LineFields, fieldsOf, type LineColumn } from '../line-columns';
import { defineSource } from '../source';

const PLAN: readonly LineColumn[] = [
  ...[
    'bucket_owner',
    'bucket',
    'remote_ip',
    'requester',
    'request_id',
    'operation',
    'key',
    'request_uri',
  ].map((name): LineColumn => [name, 'VARCHAR', name]),
  ['http_status', 'INTEGER', 'http_status'],
  ['error_code', 'VARCHAR', 'error_code'],
  ...['bytes_sent', 'object_size', 'total_time', 'turn_around_time'].map((name): LineColumn => [
    name,
    'BIGINT',
    name,
  ]),
  ...[
    'referer',
    'user_agent',
    'version_id',
    'host_id',
    'signature_version',
    'cipher_suite',
    'authentication_type',
    'host_header',
    'tls_version',
    'access_point_arn',
    'acl_required',
  ].map((name): LineColumn => [name, 'VARCHAR', name]),
];

/** Columns of the table that AWS documents for Athena, where their names differ in more than hyphens. */
const read = namedFields(S3_ACCESS, {
  bucketname: 'bucket',
  requestdatetime: 'time',
  referrer: 'referer',
  endpoint: 'host_header',
  sigv: 'signature_version',
  authtype: 'authentication_type',
});

export default defineSource({
  id: 's3-access',
  title: 'S3 server access logs',
  formats: [
    'Log objects as S3 delivers them, joined or compressed; lines of every age, with 17 fields or more',
    'Rows of Athena tables (CSV, JSON, Parquet)',
  ],
  table: 's3_access',
  shapes: ['s3-access-row'],
  mapSql: (fields) => {
    const line = new LineFields(fields);
    return `
SELECT file_id, record_no, ${line.hash()} AS content_hash,
  try_strptime(${line.text('time')}, '%d/%b/%Y:%H:%M:%S %z')::TIMESTAMP AS event_time,
  ${line.columns(PLAN)},
  ${line.extra([...fieldsOf(PLAN), 'time'])} AS extra
FROM raw`;
  },
  document: {
    format: documentFormat('s3-access', S3_ACCESS),
    read: (_shape, record) => read(record),
  },
  timeColumn: 'event_time',
  idColumn: 'request_id',
});
