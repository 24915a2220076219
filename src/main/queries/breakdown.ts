import type { BREAKDOWNS } from '../../shared/contract/breakdown';
import { type BrokenLog, type Condition } from '../../shared/contract/breakdown';
import type { RequestOf, ResponseOf } from '../../shared/contract/index';
import { AppError } from '../../shared/errors/app-error';
import type { Connection, Params } from '../db/database';
import { DNS_FAILED, entityRecords, K8S_FAILED, type EntityRecords } from './entity-records';
import type { QueryHandlers } from './handlers';
import { Panel } from './panel';
import { recordsPage } from './records-page';
import { inScope, scopeParams } from './scope';
import { integerOf, searchTerm } from './search/terms';

type Asked = Omit<RequestOf<'breakdown/rows'>, 'by'>;
type Rows = ResponseOf<'breakdown/rows'>;

const LISTED = 1000;
const IDENTITY =
  "regexp_replace(user_arn, '^arn:([^:]+):sts::(\\d+):assumed-role/([^/]+).*$', 'arn:\\1:iam::\\2:role/\\3')";

const CALL_FIELDS = {
  api: 'event_name',
  service: "coalesce(event_source, 'Unknown service')",
  address: 'source_ip',
  principal: 'principal',
  session: 'actor_arn',
  credential: 'session_key',
  userAgent: 'ua_family',
  error: "coalesce(error_code, 'success')",
  region: 'aws_region',
  account: 'account_id',
};

/** The SQL of ours for each field of a log; all of them are text. */
const FIELDS: { readonly [L in BrokenLog]: Readonly<Record<(typeof BREAKDOWNS)[L][number], string>> } = {
  cloudtrail: { ...CALL_FIELDS, assumed: 'target_role' },
  'assumed-by': CALL_FIELDS,
  'k8s-audit': {
    subject: 'user_username',
    verb: 'verb',
    resource: "nullif(concat_ws('/', object_resource, object_subresource), '')",
    namespace: 'object_namespace',
    address: 'source_ip',
    identity: IDENTITY,
    code: 'CAST(response_code AS VARCHAR)',
    uri: 'request_uri',
    cluster: 'cluster',
  },
  'dns-query': {
    domain: "rtrim(query_name, '.')",
    type: 'query_type',
    code: 'rcode',
    address: 'srcaddr',
    instance: 'instance_id',
  },
  'vpc-flow': {
    peer: 'peer_addr',
    own: 'local_addr',
    port: 'CAST(service_port AS VARCHAR)',
    protocol: 'CAST(protocol AS VARCHAR)',
    direction: 'direction',
  },
};
/** The kind of records, where it is not called as the log is. */
const SOURCES: Partial<Record<BrokenLog, string>> = { 'assumed-by': 'cloudtrail' };
const OTHER_LOGS = {
  'k8s-audit': ['k8s_audit', K8S_FAILED],
  'dns-query': ['dns_queries', DNS_FAILED],
} as const;
const PRIVATE =
  '^(10\\.|127\\.|169\\.254\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.|f[cd]|fe[89ab]|::1$)';

/** The drill-downs of a profile: any field within any other, with conditions, to the records themselves. */
export const breakdownQueries: QueryHandlers<'breakdown/rows' | 'breakdown/records'> = {
  'breakdown/rows': ({ connection }, request) => rowsOf(connection, request),
  'breakdown/records': async ({ connection }, { page, failed, ...asked }) => {
    if (asked.log === 'vpc-flow')
      throw new AppError('condition.unknown', { detail: 'The records of traffic are opened by its peer.' });
    const { sql, params } = await chosen(connection, asked);
    const keys = `SELECT '${SOURCES[asked.log] ?? asked.log}' AS source, file_id, record_no, event_time FROM (${sql}) WHERE ($failed IS NULL OR failed = $failed)`;
    return recordsPage(connection, keys, { ...params, failed }, page);
  },
};

async function rowsOf(connection: Connection, { by, ...asked }: RequestOf<'breakdown/rows'>): Promise<Rows> {
  const { sql, params } = await chosen(connection, asked);
  const counts =
    asked.log === 'vpc-flow'
      ? 'sum(accepted) AS ok, sum(rejected) AS no, CAST(sum(bytes_in) AS BIGINT) AS "bytesIn", CAST(sum(bytes_out) AS BIGINT) AS "bytesOut"'
      : 'count(*) FILTER (NOT failed) AS ok, count(*) FILTER (failed) AS no, NULL AS "bytesIn", NULL AS "bytesOut"';
  const panel = new Panel(
    `SELECT value, CAST(ok AS BIGINT) AS succeeded, CAST(no AS BIGINT) AS failed, "bytesIn", "bytesOut", first, last,
  count(*) OVER () AS total, CAST(sum(ok) OVER () AS BIGINT) AS "allSucceeded", CAST(sum(no) OVER () AS BIGINT) AS "allFailed"
FROM (
  SELECT ${fieldOf(asked.log, by)} AS value, ${counts}, min(event_time) AS first, max(event_time) AS last
  FROM (${sql})
  GROUP BY value
)
ORDER BY succeeded DESC, failed DESC, value LIMIT ${LISTED}`,
    params,
  );
  const rows = await panel.rows<
    Rows['rows'][number] & { total: number; allSucceeded: number; allFailed: number }
  >(connection);
  const [first] = rows;
  return {
    total: first?.total ?? 0,
    succeeded: first?.allSucceeded ?? 0,
    failed: first?.allFailed ?? 0,
    rows,
    sql: panel.shown,
  };
}

/** SELECT of the records in scope that the path and the conditions leave, with its values. */
async function chosen(
  connection: Connection,
  { entity, scope, log, path, conditions, join }: Asked,
): Promise<{ readonly sql: string; readonly params: Params }> {
  const params: Record<string, string | number | null> = { id: entity.id, ...scopeParams(scope) };
  const opened = path.map(({ field, value }, i) => {
    params[`path${i}`] = value;
    return `${fieldOf(log, field)} IS NOT DISTINCT FROM CAST($path${i} AS VARCHAR)`;
  });
  const wanted = conditions.map((condition, i) => {
    const { sql, values } = conditionOf(log, condition, `c${i}`);
    Object.assign(params, values);
    return `(${sql})`;
  });
  const all = [
    ...opened,
    ...(wanted.length === 0 ? [] : [`(${wanted.join(join === 'or' ? ' OR ' : ' AND ')})`]),
  ];
  const records = await entityRecords(connection, entity);
  return { sql: [baseOf(log, records), ...all].join('\n  AND '), params };
}

/** SELECT of the entity's records of a log in scope, ending in a condition. */
function baseOf(log: BrokenLog, records: EntityRecords): string {
  if (log === 'assumed-by')
    return `SELECT *, error_code IS NOT NULL AS failed FROM calls WHERE target_role = $id AND ${inScope('event_time')}`;
  if (log === 'cloudtrail')
    return `SELECT *, error_code IS NOT NULL AS failed FROM calls WHERE (${records.calls}) AND ${inScope('event_time')}`;
  if (log === 'vpc-flow')
    return `SELECT *, hour AS event_time FROM flow_activity WHERE ${records.activity ?? 'false'}
  AND (CAST($from AS TIMESTAMP) IS NULL OR (hour >= date_trunc('hour', CAST($from AS TIMESTAMP)) AND hour <= CAST($to AS TIMESTAMP)))`;
  const [table, failed] = OTHER_LOGS[log];
  const named = records.logged.find(([name]) => name === table)?.[2] ?? 'false';
  return `SELECT *, ${failed} AS failed FROM ${table} t WHERE (${named}) AND ${inScope('event_time')}`;
}

/** Errors: `condition.unknown` for a field that the log does not have. */
function fieldOf(log: BrokenLog, field: string): string {
  const fields: Readonly<Record<string, string>> = FIELDS[log];
  if (!Object.hasOwn(fields, field))
    throw new AppError('condition.unknown', { detail: `The log ${log} cannot be broken down by ${field}.` });
  return fields[field] ?? '';
}

/** A condition as SQL that is never NULL, with its values. Errors: `condition.unknown` for a network that is none. */
function conditionOf(
  log: BrokenLog,
  { field, operator, value }: Condition,
  name: string,
): { readonly sql: string; readonly values: Params } {
  const column = fieldOf(log, field);
  const not = operator.startsWith('not-') || operator === 'is-not' ? 'NOT ' : '';
  const told = (sql: string): string => `${not}coalesce(${sql}, false)`;
  if (operator === 'is' || operator === 'is-not')
    return { sql: told(`lower(${column}) = lower($${name})`), values: { [name]: value } };
  if (operator === 'contains' || operator === 'not-contains')
    return { sql: told(`contains(lower(${column}), lower($${name}))`), values: { [name]: value } };
  const word = value.trim().toLowerCase();
  if (word === 'private') return { sql: told(`regexp_matches(lower(${column}), '${PRIVATE}')`), values: {} };
  if (word === 'public')
    return { sql: told(`NOT regexp_matches(lower(${column}), '${PRIVATE}')`), values: {} };
  const term = searchTerm(word);
  if (term.kind !== 'network')
    throw new AppError('condition.unknown', {
      detail: `${value} is no IPv4 network; write 10.0.0.0/8, public or private.`,
    });
  return {
    sql: told(`(${integerOf(column)}) BETWEEN $${name}a AND $${name}b`),
    values: { [`${name}a`]: term.first, [`${name}b`]: term.last },
  };
}
