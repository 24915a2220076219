import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { ingest } from '../../../src/main/ingest/ingest';
import { checkConservation, importFiles } from '../../support/golden';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-deliveries-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ID = '00000000-0000-4000-8000-000000000001';
const RECORD = {
  eventVersion: '1.09',
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLE',
    arn: 'arn:aws:iam::111122223333:user/ada',
    accountId: '111122223333',
    accessKeyId: 'AKIAEXAMPLE000000001',
    userName: 'ada',
  },
  eventTime: '2024-05-03T10:00:00Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'PutBucketAcl',
  awsRegion: 'eu-central-1',
  sourceIPAddress: '203.0.113.7',
  userAgent: 'aws-cli/2.15.0',
  requestParameters: { bucketName: 'b', grants: [{ id: 1 }], Host: 'x' },
  responseElements: null,
  requestID: 'R1',
  eventID: ID,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111122223333',
};
const reversed = (o: object) => Object.fromEntries(Object.entries(o).reverse());
const REORDERED = reversed({ ...RECORD, requestParameters: reversed(RECORD.requestParameters) });
const CSV = `User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,Event ID,Recipient Account Id
ada,AKIAEXAMPLE000000001,2024-05-03T10:00:00Z,s3.amazonaws.com,PutBucketAcl,eu-central-1,203.0.113.7,${ID},111122223333
`;
const OCSF = {
  metadata: {
    product: { name: 'CloudTrail', version: '1.09' },
    uid: ID,
    version: '1.1.0',
    event_code: 'AwsApiCall',
  },
  class_uid: 6003,
  time: Date.parse(RECORD.eventTime),
  cloud: { region: 'eu-central-1', account: { uid: '111122223333' } },
  api: {
    operation: 'PutBucketAcl',
    service: { name: 's3.amazonaws.com' },
    request: { uid: 'R1', data: '{"grants":[{"id":"1"}],"bucketName":"b","Host":"x"}' },
  },
  actor: {
    user: {
      type: 'IAMUser',
      name: 'ada',
      uid: 'arn:aws:iam::111122223333:user/ada',
      uid_alt: 'AIDAEXAMPLE',
      account: { uid: '111122223333' },
      credential_uid: 'AKIAEXAMPLE000000001',
    },
  },
  http_request: { user_agent: 'aws-cli/2.15.0' },
  src_endpoint: { ip: '203.0.113.7' },
};
const DELIVERIES: Readonly<Record<string, string>> = {
  'a-history.csv': CSV,
  'b-export.json': JSON.stringify({ Records: [RECORD] }),
  'c-pretty.json': JSON.stringify({ Records: [RECORD] }, null, 2),
  'd-lookup.json': JSON.stringify({ Events: [{ EventId: ID, CloudTrailEvent: JSON.stringify(RECORD) }] }),
  'e-eventbridge.json': JSON.stringify({
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.s3',
    detail: REORDERED,
  }),
  'f-lake.json': JSON.stringify(OCSF),
};

interface Row {
  readonly name: string;
  readonly unique_records: number;
  readonly duplicate_records: number;
}
const FILES = 'SELECT name, unique_records, duplicate_records FROM files ORDER BY name';

test('one event is one record, whatever its deliveries, and the one that tells most counts', async () => {
  for (const [name, text] of Object.entries(DELIVERIES)) await writeFile(join(folder, name), text);
  const imported = await importFiles([folder]);
  const files = await imported.database.main.rows<Row>(FILES);
  const events = await imported.database.main.rows('SELECT user_agent, request_parameters FROM events');
  await checkConservation(imported.database);
  const { issues } = await imported.database.main.row<{ issues: number }>(
    'SELECT count(*) AS issues FROM issues',
  );
  await imported.remove();
  expect(files.map((f) => `${f.name} ${f.unique_records} ${f.duplicate_records}`)).toEqual([
    'a-history.csv 0 1',
    'b-export.json 1 0',
    'c-pretty.json 0 1',
    'd-lookup.json 0 1',
    'e-eventbridge.json 0 1',
    'f-lake.json 0 1',
  ]);
  expect(events).toEqual([
    { user_agent: 'aws-cli/2.15.0', request_parameters: JSON.stringify(RECORD.requestParameters) },
  ]);
  expect(issues).toBe(0);
});

test('what comes in a later import is the copy', async () => {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  await mkdir(first);
  await mkdir(second);
  await writeFile(join(first, 'export.json'), DELIVERIES['b-export.json'] ?? '');
  await writeFile(join(second, 'eventbridge.json'), DELIVERIES['e-eventbridge.json'] ?? '');
  const imported = await importFiles([first]);
  await ingest(imported.caseFolder, [second], { threads: 1 });
  const database = await openCaseDatabase(imported.caseFolder, { threads: 1 });
  const counts = await database.main.row(
    'SELECT (SELECT count(*) FROM events) AS unique_records, (SELECT count(*) FROM events_all) AS records',
  );
  await checkConservation(database);
  database.close();
  await imported.remove();
  expect(counts).toEqual({ unique_records: 1, records: 2 });
});

test('other content under the same id is kept and said', async () => {
  const forged = { ...RECORD, sourceIPAddress: '198.51.100.9' };
  const changed = { ...RECORD, requestParameters: { bucketName: 'other' } };
  await writeFile(join(folder, 'a.json'), JSON.stringify({ Records: [RECORD, RECORD] }));
  await writeFile(join(folder, 'b.json'), JSON.stringify({ Records: [forged, changed] }));
  const imported = await importFiles([folder]);
  const files = await imported.database.main.rows<Row>(FILES);
  const issues = await imported.database.main.rows(
    'SELECT name, code, record_no, detail FROM issues JOIN files USING (file_id) ORDER BY detail',
  );
  await checkConservation(imported.database);
  await imported.remove();
  expect(files.map((f) => `${f.name} ${f.unique_records} ${f.duplicate_records}`)).toEqual([
    'a.json 1 1',
    'b.json 2 0',
  ]);
  const detail = (n: number) =>
    `record ${n}: another record has its id ${ID} and other content; both are kept`;
  expect(issues).toEqual([
    { name: 'b.json', code: 'record.otherContent', record_no: null, detail: detail(1) },
    { name: 'b.json', code: 'record.otherContent', record_no: null, detail: detail(2) },
  ]);
});
