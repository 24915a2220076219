import { LineFields, fieldsOf, type LineColumn } from '../line-columns';
import { defineSource } from '../source';
import { fromOcsf } from './ocsf';
import resolverSql from './resolver.sql?raw';

const ZONE: readonly LineColumn[] = [
  ['version', 'VARCHAR', 'version'],
  ['query_name', 'VARCHAR', 'query_name'],
  ['query_type', 'VARCHAR', 'query_type'],
  ['rcode', 'VARCHAR', 'rcode'],
  ['transport', 'VARCHAR', 'transport'],
  ['srcaddr', 'VARCHAR', 'srcaddr'],
  ['hosted_zone_id', 'VARCHAR', 'hosted_zone_id'],
  ['edge_location', 'VARCHAR', 'edge_location'],
  ['client_subnet', 'VARCHAR', 'client_subnet'],
];
/** Columns that only the Resolver's records have. */
const RESOLVER_ONLY: readonly LineColumn[] = [
  'account_id',
  'aws_region',
  'vpc_id',
  'query_class',
  'instance_id',
  'resolver_endpoint_id',
  'interface_id',
  'firewall_rule_action',
  'firewall_rule_group_id',
  'firewall_domain_list_id',
].map((name): LineColumn => [name, 'VARCHAR']);

function zoneSql(fields: readonly string[]): string {
  const line = new LineFields(fields);
  return `
SELECT file_id, record_no, ${line.hash()} AS content_hash,
  TRY_CAST(${line.text('query_timestamp')} AS TIMESTAMPTZ)::TIMESTAMP AS event_time,
  ${line.columns(ZONE)},
  ${line.columns(RESOLVER_ONLY)},
  NULL::JSON AS answers, NULL::INTEGER AS srcport,
  ${line.extra([...fieldsOf(ZONE), 'query_timestamp'])} AS extra
FROM raw`;
}

export default defineSource({
  id: 'dns-query',
  title: 'Route 53 query logs',
  formats: [
    'Resolver query logs: JSON lines of S3 and Firehose, CloudWatch Logs exports and subscription messages',
    'Query logs of public hosted zones: lines of CloudWatch Logs',
    'Security Lake (OCSF 1.0.0-rc.2, 1.1.0 and later), Parquet and JSON',
  ],
  table: 'dns_queries',
  shapes: ['resolver', 'ocsf-dns'],
  mapSql: (fields) => (fields.length === 0 ? resolverSql : zoneSql(fields)),
  normalise: (shape, text) => (shape === 'ocsf-dns' ? fromOcsf(text) : text),
  timeColumn: 'event_time',
  idColumn: null,
});
