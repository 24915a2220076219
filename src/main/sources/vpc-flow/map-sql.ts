import { quotedIdentifier, quotedString } from '../../db/sql';

type Columns = readonly (readonly [column: string, field: string, type: string])[];

/** Evidence columns that are one field each. */
const PLAIN: Columns = [
  ['version', 'version', 'INTEGER'],
  ['account_id', 'account-id', 'VARCHAR'],
  ['interface_id', 'interface-id', 'VARCHAR'],
  ['srcaddr', 'srcaddr', 'VARCHAR'],
  ['dstaddr', 'dstaddr', 'VARCHAR'],
  ['srcport', 'srcport', 'INTEGER'],
  ['dstport', 'dstport', 'INTEGER'],
  ['protocol', 'protocol', 'INTEGER'],
  ['packets', 'packets', 'BIGINT'],
  ['bytes', 'bytes', 'BIGINT'],
  ['action', 'action', 'VARCHAR'],
  ['instance_id', 'instance-id', 'VARCHAR'],
];
const ELSEWHERE: ReadonlySet<string> = new Set(['start', 'end', 'log-status', 'region']);

/** SELECT over raw(file_id, record_no, region, <fields as text>) for a flow log with these fields, in any order. */
export function mapFlowSql(fields: readonly string[]): string {
  const has = (field: string) => fields.includes(field);
  const text = (field: string) => (has(field) ? quotedIdentifier(field) : 'NULL::VARCHAR');
  const time = (...names: string[]) => {
    const found = names.filter(has).map(quotedIdentifier);
    return found.length === 0
      ? 'NULL::TIMESTAMP'
      : `make_timestamp(TRY_CAST(coalesce(${found.join(', ')}) AS UINTEGER)::BIGINT * 1000000)`;
  };
  const columns = PLAIN.map(([column, field, type]) =>
    type === 'VARCHAR' || !has(field)
      ? `CAST(${text(field)} AS ${type}) AS ${column}`
      : `TRY_CAST(${text(field)} AS ${type}) AS ${column}`,
  );
  return `
SELECT file_id, record_no, hash(${fields.map(quotedIdentifier).join(', ')}) AS content_hash,
  ${columns.join(',\n  ')},
  ${address(text('srcaddr'))} AS srcaddr_int,
  ${address(text('dstaddr'))} AS dstaddr_int,
  ${time('start', 'end')} AS start_time,
  ${time('end', 'start')} AS end_time,
  coalesce(${text('log-status')}, 'OK') AS log_status,
  coalesce(${has('region') ? quotedIdentifier('region') : 'NULL::VARCHAR'}, region_of_path) AS aws_region,
  ${extra(fields)} AS extra
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

/** Fields without a column, as a JSON object of texts; NULL when the format or the line has none. */
function extra(fields: readonly string[]): string {
  const own = new Set([...PLAIN.map(([, field]) => field), ...ELSEWHERE]);
  const rest = fields.filter((field) => !own.has(field));
  if (rest.length === 0) return 'NULL::JSON';
  const parts = rest.map((field) => `${quotedString(`"${field}":`)} || to_json(${quotedIdentifier(field)})`);
  return `CAST('{' || nullif(concat_ws(',', ${parts.join(', ')}), '') || '}' AS JSON)`;
}
