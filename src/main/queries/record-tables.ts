import { evidenceTables } from '../evidence/tables';

/** What every records table of the window shows of a record, by the names of incidents/timeline. */
const FIELDS = [
  'event_id',
  'principal',
  'source_ip',
  'event_source',
  'event_name',
  'error_code',
  'aws_region',
  'account_id',
] as const;
type Field = (typeof FIELDS)[number];

/** How the records of one evidence table are told and found; expressions are SQL of ours over its columns. */
export interface RecordTable {
  readonly table: string;
  /** Where the fields are read, when that is not the evidence table itself; same keys. */
  readonly told?: string;
  /** The kind of a record, as records/get takes it. */
  readonly source: string;
  readonly time: string;
  /** Fields whose column has another name; null for what the table does not tell. */
  readonly fields: Partial<Record<Field, string | null>>;
  /** Whether the record tells of something that was refused or failed. */
  readonly failed: string;
  /** Columns that hold one address. */
  readonly addresses: readonly string[];
}

const HTTP_FAILED = (column: string) => `CASE WHEN ${column} >= 400 THEN CAST(${column} AS VARCHAR) END`;

export const recordTables: readonly RecordTable[] = [
  {
    table: 'events',
    told: 'calls',
    source: "'cloudtrail'",
    time: 'event_time',
    fields: {},
    failed: 'error_code IS NOT NULL',
    addresses: ['source_ip_address'],
  },
  {
    table: 'flows',
    source: "'vpc-flow'",
    time: 'start_time',
    fields: {
      event_id: null,
      principal: 'interface_id',
      source_ip: 'srcaddr',
      event_source: "'vpc-flow'",
      event_name: `concat(action, ' ', CASE protocol WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' WHEN 1 THEN 'icmp' ELSE concat('protocol ', protocol) END,
        ' to ', dstaddr, ':', dstport)`,
      error_code: "CASE WHEN action = 'REJECT' THEN 'REJECT' END",
    },
    failed: "action = 'REJECT'",
    addresses: ['srcaddr', 'dstaddr'],
  },
  {
    table: 'provider_findings',
    source: 'provider',
    time: 'coalesce(first_seen, created_at)',
    fields: {
      event_id: 'finding_id',
      principal: null,
      source_ip: null,
      event_source: 'provider',
      event_name: 'type',
      error_code: null,
    },
    failed: 'false',
    addresses: [],
  },
  {
    table: 'k8s_audit',
    source: "'k8s-audit'",
    time: 'event_time',
    fields: {
      event_id: 'audit_id',
      principal: 'coalesce(user_arn, user_username)',
      event_source: "concat('k8s ', cluster)",
      event_name: "concat_ws(' ', verb, concat_ws('/', object_resource, object_subresource), object_name)",
      error_code:
        "CASE WHEN response_code >= 400 THEN concat_ws(' ', response_code, response_reason) WHEN decision = 'forbid' THEN 'forbid' END",
    },
    failed: "(coalesce(response_code, 0) >= 400 OR coalesce(decision, '') = 'forbid')",
    addresses: ['source_ip'],
  },
  {
    table: 'dns_queries',
    source: "'dns-query'",
    time: 'event_time',
    fields: {
      event_id: null,
      principal: 'coalesce(instance_id, interface_id, resolver_endpoint_id)',
      source_ip: 'srcaddr',
      event_source: "'dns'",
      event_name: "concat_ws(' ', query_type, query_name)",
      error_code:
        "CASE WHEN firewall_rule_action = 'BLOCK' THEN 'BLOCK' WHEN rcode <> 'NOERROR' THEN rcode END",
    },
    failed: "(coalesce(firewall_rule_action, '') = 'BLOCK' OR coalesce(rcode, 'NOERROR') <> 'NOERROR')",
    addresses: ['srcaddr'],
  },
  {
    table: 's3_access',
    source: "'s3-access'",
    time: 'event_time',
    fields: {
      event_id: 'request_id',
      principal: 'requester',
      source_ip: 'remote_ip',
      event_source: "'s3 access log'",
      event_name: "concat_ws(' ', operation, concat_ws('/', bucket, key))",
      error_code: `coalesce(error_code, ${HTTP_FAILED('http_status')})`,
      aws_region: null,
      account_id: null,
    },
    failed: '(error_code IS NOT NULL OR coalesce(http_status, 0) >= 400)',
    addresses: ['remote_ip'],
  },
  {
    table: 'elb_access',
    source: "'elb-access'",
    time: 'event_time',
    fields: {
      event_id: 'trace_id',
      principal: null,
      source_ip: 'client_ip',
      event_source: "concat('elb ', elb)",
      event_name: "coalesce(nullif(concat_ws(' ', request_method, request_url), ''), type, elb_type)",
      error_code: HTTP_FAILED('elb_status_code'),
    },
    failed: 'coalesce(elb_status_code, 0) >= 400',
    addresses: ['client_ip', 'target_ip'],
  },
  {
    table: 'waf_requests',
    source: "'waf'",
    time: 'event_time',
    fields: {
      event_id: 'request_id',
      principal: null,
      source_ip: 'client_ip',
      event_source: "'waf'",
      event_name: "concat_ws(' ', action, http_method, concat(host, uri))",
      error_code: "CASE WHEN action = 'BLOCK' THEN concat_ws(' ', 'BLOCK', terminating_rule_id) END",
    },
    failed: "action = 'BLOCK'",
    addresses: ['client_ip'],
  },
  {
    table: 'cloudfront_access',
    source: "'cloudfront'",
    time: 'event_time',
    fields: {
      event_id: 'request_id',
      principal: null,
      source_ip: 'client_ip',
      event_source: "'cloudfront'",
      event_name: "concat_ws(' ', http_method, concat(coalesce(host_header, distribution_host), uri_stem))",
      error_code: HTTP_FAILED('http_status'),
      aws_region: null,
      account_id: null,
    },
    failed: 'coalesce(http_status, 0) >= 400',
    addresses: ['client_ip'],
  },
  {
    table: 'mapped_events',
    source: "concat('mapped-', map)",
    time: 'event_time',
    fields: {
      event_id: null,
      principal: 'actor',
      event_source: 'map',
      event_name: "concat_ws(' ', action, target)",
      error_code: 'outcome',
    },
    failed:
      "regexp_matches(coalesce(outcome, ''), '(?i)^(fail|den|error|refus|reject|block|unauth|forbid|false|[45]\\d\\d$)')",
    addresses: ['source_ip'],
  },
];

/** The fields of a record as SQL, `expression AS name` each. */
export function toldFields({ fields }: RecordTable): string {
  return FIELDS.map((name) => {
    const own = fields[name];
    return `${own === undefined ? name : (own ?? 'CAST(NULL AS VARCHAR)')} AS ${name}`;
  }).join(', ');
}

/** Names of the columns of a table that hold one text, and of those that hold many (JSON, lists). */
export function searchedColumns({ table }: RecordTable): {
  readonly plain: string[];
  readonly nested: string[];
} {
  const columns = evidenceTables.find((doc) => doc.table === table)?.columns ?? [];
  const named = (...types: string[]) =>
    columns.filter(({ type }) => types.includes(type)).map(({ name }) => name);
  return { plain: named('VARCHAR'), nested: named('JSON', 'VARCHAR[]') };
}
