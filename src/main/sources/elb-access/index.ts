import { ALB, CLB, NLB } from '../../evidence/originals/access-fields';
import { documentFormat, namedFields } from '../named-fields';
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
  ['ssl_protocol', 'VARCHAR', 'ssl_protocol', 'tls_protocol_version', 'tls_protocol'],
  ['target_group_arn', 'VARCHAR', 'target_group_arn'],
  ['trace_id', 'VARCHAR', 'trace_id'],
  ['domain_name', 'VARCHAR', 'domain_name'],
  ['actions_executed', 'VARCHAR', 'actions_executed'],
  ['error_reason', 'VARCHAR', 'error_reason'],
  ['classification', 'VARCHAR', 'classification'],
];
const CLIENT = 'client:port';
const TARGETS = ['target:port', 'destination:port', 'backend:port'];
/** Fields of a connection log that have columns. */
const CONNECTION = ['timestamp', 'client_ip', 'client_port'];

/** Field of a row that says which kind of load balancer it is of. */
const KIND = 'elb_type';
const ROW_FIELDS = [...new Set([...ALB, ...NLB, ...CLB, KIND])];
const named = namedFields(ROW_FIELDS, { lambdaerrorreason: 'error_reason' });

/** A row of Athena: addresses and ports, and the three words of a request, have columns of their own there. */
function fromRow(row: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const parts = new Map(Object.entries(row));
  const joined = (glue: string, ...columns: readonly string[]) => {
    const texts = columns.map((column) => parts.get(column)).filter((v) => v !== null && v !== undefined);
    if (texts.length < columns.length) return null;
    for (const column of columns) parts.delete(column);
    return texts.map(String).join(glue);
  };
  const whole = {
    [CLIENT]: joined(':', 'client_ip', 'client_port'),
    'target:port': joined(':', 'target_ip', 'target_port'),
    request: joined(' ', 'request_verb', 'request_url', 'request_proto'),
  };
  const given = Object.entries(whole).filter(([, value]) => value !== null);
  const kind = parts.has('listener') ? 'network' : parts.has('type') ? 'application' : 'classic';
  return named({ ...Object.fromEntries(parts), ...Object.fromEntries(given), [KIND]: kind });
}

function mapSql(fields: readonly string[]): string {
  const line = new LineFields(fields);
  const arns = [line.text('target_group_arn'), line.text('chosen_cert_arn')];
  const ofArn = (part: number) =>
    `coalesce(${arns.map((arn) => `CASE WHEN ${arn} LIKE 'arn:%' THEN nullif(split_part(${arn}, ':', ${part}), '') END`).join(', ')})`;
  const time = (...names: readonly string[]) => `TRY_CAST(${line.text(...names)} AS TIMESTAMPTZ)::TIMESTAMP`;
  const type = line.has(KIND)
    ? line.text(KIND)
    : line.has('listener_port')
      ? `'connection'`
      : line.has('listener')
        ? `'network'`
        : line.has('type')
          ? `'application'`
          : `'classic'`;
  const used = [...fieldsOf(PLAN), ...TARGETS, CLIENT, KIND, ...CONNECTION, 'time', 'request_creation_time'];
  return `
SELECT file_id, record_no, ${line.hash()} AS content_hash, ${time('time', 'timestamp')} AS event_time, ${type} AS elb_type,
  ${line.columns(PLAN)},
  ${line.has('client_ip') ? line.text('client_ip') : addressOf(line.text(CLIENT))} AS client_ip,
  ${line.has('client_port') ? `TRY_CAST(${line.text('client_port')} AS INTEGER)` : portOf(line.text(CLIENT))} AS client_port,
  ${addressOf(line.text(...TARGETS))} AS target_ip, ${portOf(line.text(...TARGETS))} AS target_port,
  nullif(split_part(${line.text('request')}, ' ', 1), '') AS request_method,
  nullif(split_part(${line.text('request')}, ' ', 2), '') AS request_url,
  ${time('request_creation_time')} AS request_creation_time,
  coalesce(${ofArn(5)}, account_of_path) AS account_id, coalesce(${ofArn(4)}, region_of_path) AS aws_region,
  ${line.extra(used)} AS extra
FROM raw`;
}

export default defineSource({
  id: 'elb-access',
  title: 'Elastic Load Balancing access logs',
  formats: [
    'Application Load Balancer (plain, gzip), lines of every age',
    'Application Load Balancer, connection logs',
    'Network Load Balancer (TLS listeners)',
    'Classic Load Balancer',
    'Rows of Athena tables (CSV, JSON, Parquet)',
  ],
  table: 'elb_access',
  shapes: ['elb-access-row'],
  mapSql,
  document: { format: documentFormat('elb-access', ROW_FIELDS), read: (_shape, record) => fromRow(record) },
  timeColumn: 'event_time',
  idColumn: null,
});
