import { addressOf, fieldsOf, LineFields, portOf, type LineColumn } from '../line-columns';
import { defineSource } from '../source';

const PLAN: readonly LineColumn[] = [
  ['type', 'VARCHAR', 'type'],
  ['elb', 'VARCHAR', 'elb'],
  ['elb_status_code', 'INTEGER', 'elb_status_code'],
  ['target_status_code', 'INTEGER', 'target_status_code', 'backend_status_code'],
  ['received_bytes', 'BIGINT', 'received_bytes'],
  ['sent_bytes', 'BIGINT', 'sent_bytes'],
  ['request_processing_time', 'DOUBLE', 'request_processing_time'],
  ['target_processing_time', 'DOUBLE', 'target_processing_time', 'backend_processing_time'],
  ['response_processing_time', 'DOUBLE', 'response_processing_time'],
  ['request', 'VARCHAR', 'request'],
  ['user_agent', 'VARCHAR', 'user_agent'],
  ['ssl_cipher', 'VARCHAR', 'ssl_cipher', 'tls_cipher'],
  ['ssl_protocol', 'VARCHAR', 'ssl_protocol', 'tls_protocol_version'],
  ['target_group_arn', 'VARCHAR', 'target_group_arn'],
  ['trace_id', 'VARCHAR', 'trace_id'],
  ['domain_name', 'VARCHAR', 'domain_name'],
  ['actions_executed', 'VARCHAR', 'actions_executed'],
  ['error_reason', 'VARCHAR', 'error_reason'],
  ['classification', 'VARCHAR', 'classification'],
];
const CLIENT = 'client:port';
const TARGETS = ['target:port', 'destination:port', 'backend:port'];

function mapSql(fields: readonly string[]): string {
  const line = new LineFields(fields);
  const arns = [line.text('target_group_arn'), line.text('chosen_cert_arn')];
  const ofArn = (part: number) =>
    `coalesce(${arns.map((arn) => `CASE WHEN ${arn} LIKE 'arn:%' THEN nullif(split_part(${arn}, ':', ${part}), '') END`).join(', ')})`;
  const time = (name: string) => `TRY_CAST(${line.text(name)} AS TIMESTAMPTZ)::TIMESTAMP`;
  const type = line.has('listener') ? 'network' : line.has('type') ? 'application' : 'classic';
  const used = [...fieldsOf(PLAN), ...TARGETS, CLIENT, 'time', 'request_creation_time'];
  return `
SELECT file_id, record_no, ${line.hash()} AS content_hash, ${time('time')} AS event_time, '${type}' AS elb_type,
  ${line.columns(PLAN)},
  ${addressOf(line.text(CLIENT))} AS client_ip, ${portOf(line.text(CLIENT))} AS client_port,
  ${addressOf(line.text(...TARGETS))} AS target_ip, ${portOf(line.text(...TARGETS))} AS target_port,
  nullif(split_part(${line.text('request')}, ' ', 1), '') AS request_method,
  nullif(split_part(${line.text('request')}, ' ', 2), '') AS request_url,
  ${time('request_creation_time')} AS request_creation_time,
  ${ofArn(5)} AS account_id, coalesce(${ofArn(4)}, region_of_path) AS aws_region,
  ${line.extra(used)} AS extra
FROM raw`;
}

export default defineSource({
  id: 'elb-access',
  title: 'Elastic Load Balancing access logs',
  formats: [
    'Application Load Balancer (plain, gzip), lines of every age',
    'Network Load Balancer (TLS listeners)',
    'Classic Load Balancer',
  ],
  table: 'elb_access',
  shapes: [],
  mapSql,
  timeColumn: 'event_time',
  idColumn: null,
});
