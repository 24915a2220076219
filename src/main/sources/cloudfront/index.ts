import { CLOUDFRONT } from '../../evidence/originals/access-fields';
import { documentFormat, namedFields } from '../named-fields';
import { fieldsOf, LineFields, type LineColumn } from '../line-columns';
import { defineSource } from '../source';

const PLAN: readonly LineColumn[] = [
  ['edge_location', 'VARCHAR', 'x-edge-location'],
  ['sc_bytes', 'BIGINT', 'sc-bytes'],
  ['client_ip', 'VARCHAR', 'c-ip'],
  ['client_port', 'INTEGER', 'c-port'],
  ['http_method', 'VARCHAR', 'cs-method'],
  ['distribution_host', 'VARCHAR', 'cs(Host)'],
  ['uri_stem', 'VARCHAR', 'cs-uri-stem'],
  ['uri_query', 'VARCHAR', 'cs-uri-query'],
  ['http_status', 'INTEGER', 'sc-status'],
  ['referer', 'VARCHAR', 'cs(Referer)'],
  ['user_agent', 'VARCHAR', 'cs(User-Agent)'],
  ['cookie', 'VARCHAR', 'cs(Cookie)'],
  ['result_type', 'VARCHAR', 'x-edge-result-type'],
  ['request_id', 'VARCHAR', 'x-edge-request-id'],
  ['host_header', 'VARCHAR', 'x-host-header'],
  ['protocol', 'VARCHAR', 'cs-protocol'],
  ['cs_bytes', 'BIGINT', 'cs-bytes'],
  ['time_taken', 'DOUBLE', 'time-taken'],
  ['forwarded_for', 'VARCHAR', 'x-forwarded-for'],
  ['ssl_protocol', 'VARCHAR', 'ssl-protocol'],
  ['ssl_cipher', 'VARCHAR', 'ssl-cipher'],
];

/** Fields of the second version that the first has not. */
const SECOND: readonly string[] = ['timestamp', 'timestamp(ms)', 'DistributionId', 'c-country', 'asn'];
const FIELDS = [...CLOUDFRONT, ...SECOND];
const read = namedFields(FIELDS, { csreferrer: 'cs(Referer)' });

export default defineSource({
  id: 'cloudfront',
  title: 'CloudFront access logs',
  formats: [
    'Standard logs: tab-separated text (plain, gzip) with #Version and #Fields lines',
    'Standard logs, second version: W3C, plain text with or without a line of field names, JSON lines and Parquet, and as messages of CloudWatch Logs',
    'Real-time logs with all fields, tab-separated text as Firehose delivers it',
    'Rows of Athena tables (CSV, JSON, Parquet)',
  ],
  table: 'cloudfront_access',
  shapes: ['cloudfront-row'],
  mapSql: (fields) => {
    const line = new LineFields(fields);
    const millis = `make_timestamp(TRY_CAST(${line.text('timestamp(ms)')} AS UBIGINT)::BIGINT * 1000)`;
    // Whole seconds, or with their thousandths in real-time logs.
    const seconds = `make_timestamp(CAST(TRY_CAST(${line.text('timestamp')} AS DECIMAL(13, 3)) * 1000 AS BIGINT) * 1000)`;
    const named = `TRY_CAST(${line.text('date')} || 'T' || ${line.text('time')} || 'Z' AS TIMESTAMPTZ)::TIMESTAMP`;
    return `
SELECT file_id, record_no, ${line.hash()} AS content_hash, coalesce(${millis}, ${named}, ${seconds}) AS event_time,
  ${line.columns(PLAN)},
  ${line.extra([...fieldsOf(PLAN), 'date', 'time'])} AS extra
FROM raw`;
  },
  document: {
    format: documentFormat('cloudfront', FIELDS),
    read: (_shape, record) => read(record),
  },
  timeColumn: 'event_time',
  idColumn: 'request_id',
});
