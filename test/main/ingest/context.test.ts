import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checkConservation, importFiles } from '../../support/golden';

const STIX = { type: 'indicator', spec_version: '2.1', pattern: "[ipv4-addr:value = '203.0.113.7']" };

/** Content of a file, and what it must be called: `state: reason`. Names say nothing. */
const CASES: readonly (readonly [what: string, content: string | Buffer, expected: string])[] = [
  [
    'credentials',
    'user,arn,user_creation_time,password_enabled,mfa_active\n<root_account>,arn:aws:iam::1:root,2020-01-01T00:00:00+00:00,not_supported,true\n',
    'context: IAM credential report',
  ],
  [
    'iam',
    '{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[{"RoleName":"a"}],"Policies":[]}',
    'context: IAM account authorization details',
  ],
  [
    'config',
    '{"fileVersion":"1.0","configSnapshotId":"x","configurationItems":[{"resourceType":"AWS::EC2::Instance"}]}',
    'context: AWS Config snapshot or history',
  ],
  ['instances', '{"Reservations":[{"Instances":[]}]}', 'context: EC2 instance description'],
  ['groups', '{"SecurityGroups":[]}', 'context: answer of an AWS API that describes resources'],
  [
    'ranges',
    '{"syncToken":"1","createDate":"x","prefixes":[{"ip_prefix":"3.5.140.0/22"}],"ipv6_prefixes":[]}',
    'context: AWS address ranges',
  ],
  [
    'notification',
    '{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{}}]}',
    'context: S3 event notification',
  ],
  ['addresses', '# seen\n203.0.113.7\n198.51.100.0/24 ; c2\nevil[.]example\n', 'context: list of indicators'],
  ['indicators', 'type,indicator,comment\nipv4,203.0.113.7,c2\n', 'context: list of indicators'],
  [
    'stix',
    JSON.stringify({ type: 'bundle', id: 'bundle--1', objects: [STIX] }),
    'context: list of indicators',
  ],
  [
    'authenticator',
    'time="2024-05-03T10:11:20Z" level=info msg="access granted" username=ops\n',
    'context: EKS authenticator log line',
  ],
  [
    'server',
    'I0503 10:11:21.000001      10 httplog.go:132] "HTTP" verb="GET"\n',
    'context: EKS control plane log line',
  ],
  [
    'rule',
    'title: x\nlogsource:\n  product: aws\ndetection:\n  condition: a\n',
    'not-evidence: detection rule (Sigma)',
  ],
  ['readme', '# Case\n\nNotes on eventName and userIdentity.\n', 'not-evidence: document (Markdown)'],
  ['code', 'import json\nprint(json.dumps({"eventName": 1}))\n', 'not-evidence: program text'],
  ['table', 'a,b,c\n1,2,3\n', 'not-evidence: table (CSV)'],
  ['empty', '', 'not-evidence: empty file'],
  ['json', '{"name":"x","version":"1.0.0"}', 'not-evidence: JSON without log records'],
  ['picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\0', 'latin1'), 'not-evidence: picture'],
  [
    'broken',
    '{"Records":[{"eventVersion":"1.08","userIdentity":{"ty',
    'issue: JSON that cannot be read: the record does not end',
  ],
  [
    'nothing',
    gzipSync('x'.repeat(5000)).subarray(0, 12),
    'issue: unexpected end of file; 0 bytes could be read',
  ],
  ['zeros', Buffer.concat([Buffer.alloc(5000), Buffer.from('x'.repeat(20))]), 'not-evidence: binary data'],
  ['half', '[{"eventVersion":"1.08","userIdentity":[[[[', 'issue: JSON that cannot be read'],
  ['tail', Buffer.from(`${'\u0001\u0002'.repeat(50)}PAR1`), 'issue: end of a Parquet file'],
  [
    'parquet',
    Buffer.from('PAR1 this is no parquet file at all PAR1', 'latin1'),
    'issue: Parquet file that cannot be read',
  ],
  [
    'other-lake',
    '{"class_uid":1007,"metadata":{"product":{"name":"Some EDR"},"version":"1.1.0"},"time":1}',
    'issue: OCSF record of a product that is not read',
  ],
];

test('a file is what its content says: context, noise, or evidence that cannot be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-context-'));
  for (const [name, content] of CASES) await writeFile(join(folder, name), content);
  const imported = await importFiles([folder]);
  const rows = await imported.database.main.rows<{ name: string; state: string; reason: string }>(
    'SELECT name, state, reason FROM files',
  );
  await checkConservation(imported.database);
  await imported.remove();
  await rm(folder, { recursive: true, force: true });
  const found = new Map(rows.map((row) => [row.name, `${row.state}: ${row.reason}`]));
  for (const [name, , expected] of CASES)
    expect(found.get(name)?.slice(0, expected.length), name).toBe(expected);
  expect(rows.length).toBe(CASES.length);
});
