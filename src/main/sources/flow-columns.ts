import { LineFields, fieldsOf, type LineColumn } from './line-columns';

/** Evidence columns that are one field each. */
const PLAIN: readonly LineColumn[] = [
  ['version', 'INTEGER', 'version'],
  ['interface_id', 'VARCHAR', 'interface-id'],
  ['srcaddr', 'VARCHAR', 'srcaddr'],
  ['dstaddr', 'VARCHAR', 'dstaddr'],
  ['srcport', 'INTEGER', 'srcport'],
  ['dstport', 'INTEGER', 'dstport'],
  ['protocol', 'INTEGER', 'protocol'],
  ['packets', 'BIGINT', 'packets'],
  ['bytes', 'BIGINT', 'bytes'],
  ['action', 'VARCHAR', 'action'],
  ['instance_id', 'VARCHAR', 'instance-id'],
];

/** SELECT over raw(file_id, record_no, account_of_path, region_of_path, <fields as text>) for a flow log with these fields, in any order. */
export function mapFlowSql(fields: readonly string[]): string {
  const line = new LineFields(fields);
  const time = (...names: string[]) =>
    `make_timestamp(TRY_CAST(${line.text(...names)} AS UINTEGER)::BIGINT * 1000000)`;
  return `
SELECT file_id, record_no, ${line.hash()} AS content_hash,
  ${line.columns(PLAIN)},
  ${address(line.text('srcaddr'))} AS srcaddr_int,
  ${address(line.text('dstaddr'))} AS dstaddr_int,
  ${time('start', 'end')} AS start_time,
  ${time('end', 'start')} AS end_time,
  coalesce(${line.text('log-status')}, 'OK') AS log_status,
  coalesce(${line.text('account-id')}, account_of_path) AS account_id,
  coalesce(${line.text('region')}, region_of_path) AS aws_region,
  ${line.extra([...fieldsOf(PLAIN), 'account-id', 'start', 'end', 'log-status', 'region'])} AS extra
FROM raw`;
}

/**
 * A dotted quad as an integer; NULL for IPv6 and for anything else. No CASE: the engine cuts the text once only where it
 * need not fear to evaluate what a branch leaves out, and this is the dearest part of a flow record.
 */
function address(text: string): string {
  const parts = `(TRY_CAST(string_split(${text}, '.') AS UTINYINT[])::UINTEGER[])`;
  const fourOnly = `(nullif(len(${parts}) = 4, false)::UINTEGER - 1)`;
  return `(${parts}[1] << 24) + (${parts}[2] << 16) + (${parts}[3] << 8) + ${parts}[4] + ${fourOnly}`;
}
