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

export default defineSource({
  id: 'cloudfront',
  title: 'CloudFront access logs',
  formats: ['Standard logs: tab-separated text (plain, gzip) with #Version and #Fields lines'],
  table: 'cloudfront_access',
  shapes: [],
  mapSql: (fields) => {
    const line = new LineFields(fields);
    const time = `${line.text('date')} || 'T' || ${line.text('time')} || 'Z'`;
    return `
SELECT file_id, record_no, ${line.hash()} AS content_hash, TRY_CAST(${time} AS TIMESTAMPTZ)::TIMESTAMP AS event_time,
  ${line.columns(PLAN)},
  ${line.extra([...fieldsOf(PLAN), 'date', 'time'])} AS extra
FROM raw`;
  },
  timeColumn: 'event_time',
  idColumn: 'request_id',
});
