import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkConservation, importFiles } from '../../support/golden';

const DATASETS = resolve(process.env['COLDTRAIL_DATASETS'] ?? '../shared/datasets');
const OTEL = join(DATASETS, 'conformance/otel-awslogsencoding');

/** OpenTelemetry's attributes and the column that holds the same value. */
const CLOUDTRAIL = {
  'aws.cloudtrail.event_version': 'event_version',
  'aws.cloudtrail.event_id': 'event_id',
  'rpc.method': 'event_name',
  'rpc.system': 'event_type',
  'rpc.service': 'event_source',
  'aws.request_id': 'request_id',
  'aws.event.category': 'event_category',
  'aws.event.read_only': 'read_only',
  'aws.event.management': 'management_event',
  'source.address': 'source_ip_address',
  'user_agent.original': 'user_agent',
  'aws.user_identity.invoked_by': 'user_identity_invoked_by',
  'aws.user_identity.principal.type': 'user_identity_type',
  'aws.shared_event_id': 'shared_event_id',
};
const S3_ACCESS = {
  'source.address': 'remote_ip',
  'user.id': 'requester',
  'aws.request_id': 'request_id',
  'rpc.method': 'operation',
  'http.request.method': `split_part(request_uri, ' ', 1)`,
  'url.path': `split_part(request_uri, ' ', 2)`,
  'url.scheme': `split_part(request_uri, ' ', 3)`,
  'http.response.status_code': 'http_status',
  'http.response.body.size': 'bytes_sent',
  duration: 'total_time',
  'user_agent.original': 'user_agent',
  'aws.extended_request_id': 'host_id',
  'aws.signature.version': 'signature_version',
  'tls.cipher': 'cipher_suite',
  'aws.s3.auth_type': 'authentication_type',
  'http.request.header.host': 'host_header',
  'tls.protocol.version': 'tls_version',
  'aws.s3.access_point.arn': 'access_point_arn',
  'aws.s3.acl_required': `acl_required = 'Yes'`,
};
const FLOW = {
  'aws.vpc.flow.log.version': 'version',
  'network.interface.name': 'interface_id',
  'source.port': 'srcport',
  'destination.port': 'dstport',
  'network.protocol.name': `CASE protocol WHEN 6 THEN 'tcp' END`,
  'aws.vpc.flow.packets': 'packets',
  'aws.vpc.flow.bytes': 'bytes',
  'aws.vpc.flow.start': 'CAST(epoch(start_time) AS BIGINT)',
  'aws.vpc.flow.action': 'action',
  'aws.vpc.flow.status': 'log_status',
  'source.address': 'srcaddr',
  'destination.address': 'dstaddr',
};

interface Published {
  readonly records: readonly {
    readonly timeUnixNano: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

describe.skipIf(!existsSync(OTEL))('outputs that OpenTelemetry publishes (needs COLDTRAIL_DATASETS)', () => {
  test.each([
    ['cloudtrail/cloudtrail_log_cw', '.json', 'events', 'event_time', CLOUDTRAIL],
    ['s3-access-log/valid_s3_access_log', '.log', 's3_access', 'event_time', S3_ACCESS],
    ['vpc-flow-log/valid_vpc_flow_log_multi', '.log', 'flows', 'end_time', FLOW],
  ] as const)('%s', async (name, extension, table, time, columns) => {
    const published = JSON.parse(readFileSync(join(OTEL, `${name}.expected.json`), 'utf8')) as Published;
    const imported = await importFiles([join(OTEL, name + extension)]);
    const selected = Object.entries(columns).map(([attribute, sql]) => `${sql} AS "${attribute}"`);
    const rows = await imported.database.main.rows(
      `SELECT CAST(epoch_ns(${time}) AS VARCHAR) AS nanos, ${selected.join(', ')} FROM ${table} ORDER BY record_no`,
    );
    await imported.remove();
    expect(rows).toEqual(
      published.records.map(({ timeUnixNano, attributes }) => ({ nanos: timeUnixNano, ...attributes })),
    );
  });
});

/** Kinds of the inventory that are logs, each file of which must give as many records as were counted there. */
const LOGS =
  /,(?:json:(?:array|Records|object),cloudtrail|json:object,(?:asff|k8s audit|route53 resolver|guardduty \(MozDef envelope\))|jsonl,(?:k8s audit|cloudtrail LookupEvents output)|json:Findings,guardduty),(\d+),/;
/** Excerpts of documentation that lack what makes a record. */
const EXCERPTS = /records without eventTime/;

describe.skipIf(!existsSync(join(DATASETS, 'inventory.csv')))(
  'the datasets (needs COLDTRAIL_DATASETS)',
  () => {
    test('give as many records as their inventory counts', { timeout: 120_000 }, async () => {
      const lines = readFileSync(join(DATASETS, 'inventory.csv'), 'utf8').split('\n');
      const counted = lines.flatMap((line): [string, number][] => {
        const records = EXCERPTS.test(line) ? undefined : LOGS.exec(line)?.[1];
        return records === undefined
          ? []
          : [[join(DATASETS, line.slice(0, line.indexOf(','))), Number(records)]];
      });
      expect(counted.length).toBeGreaterThan(200);
      const imported = await importFiles(counted.map(([path]) => path));
      await checkConservation(imported.database);
      const files = await imported.database.main.rows<{ path: string; records: number }>(
        'SELECT path, records FROM files',
      );
      await imported.remove();
      const found = new Map(files.map((file) => [file.path, file.records]));
      expect(counted.filter(([path, records]) => found.get(path) !== records)).toEqual([]);
    });
  },
);
