import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../../src/main/db/database';
import { parseSigma } from '../../../../src/main/detections/sigma/parse';
import { prepareRules } from '../../../../src/main/detections/sigma/rule-set';
import { runRules } from '../../../../src/main/detections/sigma/run';
import { eventStatement } from '../../../../src/main/detections/sigma/statements';
import { caseWith } from '../evidence-fixture';

const RECORDS = [
  {
    eventID: 'plain',
    eventName: 'CreateUser',
    userAgent: 'Boto3/1.26 md/Botocore#1.29 ua/2.0 os/linux',
    requestParameters: { userName: 'Alice', note: '50% \\ off_sale*' },
  },
  {
    eventID: 'failed',
    eventName: 'createuser',
    errorCode: 'AccessDenied',
    requestParameters: { userName: 'bob', port: 22, open: false },
  },
  {
    eventID: 'null',
    eventName: 'DeleteUser',
    errorMessage: 'no',
    requestParameters: null,
    responseElements: { user: { name: null, age: 7 } },
  },
  {
    eventID: 'lists',
    eventName: 'AuthorizeSecurityGroupIngress',
    requestParameters: {
      ipPermissions: {
        items: [
          { fromPort: 80, ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } },
          { fromPort: 3306, ipRanges: { items: [{ cidrIp: '10.1.0.0/16' }, { cidrIp: '0.0.0.0/0' }] } },
        ],
      },
      tags: ['one', 'Two'],
      empty: '',
    },
  },
  {
    eventID: 'policy',
    eventName: 'PutUserPolicy',
    requestParameters: { policyDocument: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' },
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111111111111:user/carol',
      userName: 'carol',
      accessKeyId: 'AKIAEXAMPLE',
    },
  },
  {
    eventID: 'extra',
    eventName: 'Invoke',
    apiVersion: '2015-03-31',
    script: Buffer.from('run curl http://evil').toString('base64'),
    serviceEventDetails: { keyId: 'k-1' },
    sourceIPAddress: '203.0.113.77',
  },
  { eventID: 'v6', eventName: 'Invoke', sourceIPAddress: '2001:db8::5' },
];

let database: Database;
beforeAll(async () => {
  const base = {
    eventTime: '2024-05-06T07:08:09Z',
    eventSource: 'iam.amazonaws.com',
    recipientAccountId: '111111111111',
    sourceIPAddress: '198.51.100.4',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111111111111:user/dave', userName: 'dave' },
  };
  database = await caseWith({ cloudtrail: RECORDS.map((r) => ({ ...base, ...r })) });
});
afterAll(() => database.close());

async function hits(detection: string): Promise<string[]> {
  const { rules, problems } = parseSigma(
    `title: t\nid: t\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n${detection.replace(/^/gm, '  ')}`,
  );
  expect(problems).toEqual([]);
  const set = prepareRules(rules);
  expect(set.problems).toEqual([]);
  const event = set.events[0]!;
  const shown = await database.main.rows<{ id: string }>(
    `SELECT event_id AS id FROM events SEMI JOIN (${eventStatement(event)}) USING (file_id, record_no) ORDER BY record_no`,
  );
  await runRules(database.main, set, () => undefined);
  const found = await database.main.rows<{ id: string }>(
    'SELECT event_id AS id FROM events SEMI JOIN sigma_hits USING (file_id, record_no) ORDER BY record_no',
  );
  expect(found, 'the one scan and the shown statement agree').toEqual(shown);
  return found.map((r) => r.id);
}
const selection = (lines: string) => hits(`selection:\n${lines.replace(/^/gm, '  ')}\ncondition: selection`);
const all = RECORDS.map((r) => r.eventID);

describe('values', () => {
  test('compare without case unless cased', async () => {
    expect(await selection('eventName: CREATEUSER')).toEqual(['plain', 'failed']);
    expect(await selection('eventName|cased: CreateUser')).toEqual(['plain']);
    expect(await selection('requestParameters.userName: ALICE')).toEqual(['plain']);
    expect(await selection('requestParameters.userName|cased: ALICE')).toEqual([]);
  });
  test('lists are any of, all with all', async () => {
    expect(await selection('requestParameters.userName: [alice, bob]')).toEqual(['plain', 'failed']);
    expect(await selection('userAgent|contains|all: [boto3, linux]')).toEqual(['plain']);
    expect(await selection('userAgent|contains|all: [boto3, darwin]')).toEqual([]);
  });
  test('wildcards and their escapes', async () => {
    expect(await selection('eventName: "*User"')).toEqual(['plain', 'failed', 'null']);
    expect(await selection('eventName: "?reateUse?"')).toEqual(['plain', 'failed']);
    expect(await selection("requestParameters.note: '50% \\\\ off_sale\\*'")).toEqual(['plain']);
    expect(await selection("requestParameters.note|endswith: 'sale\\*'")).toEqual(['plain']);
    expect(await selection("requestParameters.note|contains: 'off.sale'")).toEqual([]);
    expect(await selection("requestParameters.note: '5?%*off_sale\\*'")).toEqual(['plain']);
  });
  test('numbers and booleans compare as text; lt and gte as numbers', async () => {
    expect(await selection('requestParameters.port: 22')).toEqual(['failed']);
    expect(await selection('requestParameters.open: false')).toEqual(['failed']);
    expect(await selection('responseElements.user.age|gte: 7')).toEqual(['null']);
    expect(await selection('responseElements.user.age|lt: 7')).toEqual([]);
  });
  test('starred values ask for a text that is there', async () => {
    expect(await selection("errorCode: '*'")).toEqual(['failed']);
    expect(await selection("requestParameters.empty|contains: '*'")).toEqual([]);
    expect(await selection("requestParameters.tags|contains: '*'")).toEqual(['lists']);
  });
});

describe('missing and null', () => {
  test('null is missing or null', async () => {
    expect(await selection('errorCode: null')).toEqual(all.filter((id) => id !== 'failed'));
    expect(await selection('responseElements.user.name: null')).toEqual(all);
    expect(await selection('responseElements.user.age: null')).toEqual(all.filter((id) => id !== 'null'));
    expect(await selection('requestParameters.port: [null, 22]')).toEqual(all);
  });
  test('exists is about the key', async () => {
    expect(await selection('responseElements.user.name|exists: true')).toEqual(['null']);
    expect(await selection('errorMessage|exists: true')).toEqual(['null']);
    expect(await selection('errorCode|exists: false')).toEqual(all.filter((id) => id !== 'failed'));
    expect(await selection("requestParameters.empty|exists: 'yes'")).toEqual(['lists']);
    expect(await selection("requestParameters.empty: ''")).toEqual(['lists']);
  });
  test('NOT over a missing field is true', async () => {
    expect(await hits('a: {requestParameters.userName: alice}\ncondition: not a')).toEqual(
      all.filter((id) => id !== 'plain'),
    );
    expect(await hits('a: {errorCode: AccessDenied}\ncondition: not a')).toEqual(
      all.filter((id) => id !== 'failed'),
    );
    expect(await selection('requestParameters.userName|neq: [alice, bob]')).toEqual(all.slice(2));
  });
});

describe('documents', () => {
  test('any element of lists and lists of maps', async () => {
    expect(await selection('requestParameters.tags: two')).toEqual(['lists']);
    expect(
      await selection("requestParameters.ipPermissions.items.ipRanges.items.cidrIp|endswith: '/0'"),
    ).toEqual(['lists']);
    expect(await selection('requestParameters.ipPermissions.items.fromPort: 3306')).toEqual(['lists']);
    expect(await selection('requestParameters.ipPermissions.items.fromPort|gt: 3306')).toEqual([]);
    expect(await selection('requestParameters.ipPermissions.items{}.fromPort: 3306')).toEqual(['lists']);
    expect(await selection('requestParameters.ipPermissions.items[].fromPort: 80')).toEqual(['lists']);
    expect(await selection('requestParameters.ipPermissions.items[1].fromPort: 3306')).toEqual(['lists']);
    expect(await selection('requestParameters.ipPermissions.items[0].fromPort: 3306')).toEqual([]);
    expect(await selection('requestParameters.ipPermissions.items{}.ipRanges|exists: true')).toEqual([
      'lists',
    ]);
    expect(await selection('requestParameters.tags[1]: two')).toEqual(['lists']);
  });
  test('objects as text, JSON inside JSON with and without its escapes', async () => {
    expect(await selection(`requestParameters|contains: '"Action":"*"'`)).toEqual(
      await selection(`requestParameters|contains: '"Action":"?"'`),
    );
    expect(await selection(`requestParameters|contains|all: ['"Effect":"Allow"', '"Resource"']`)).toEqual([
      'policy',
    ]);
    expect(await selection(`requestParameters.policyDocument|contains: '"Resource":"\\*"'`)).toEqual([
      'policy',
    ]);
    expect(await selection(`userIdentity|contains: carol`)).toEqual(['policy']);
  });
  test('keys without a column of their own', async () => {
    expect(await selection('apiVersion|startswith: 2015')).toEqual(['extra']);
    expect(await selection('serviceEventDetails.keyId: K-1')).toEqual(['extra']);
  });
});

describe('other modifiers', () => {
  test('regular expressions heed case unless i', async () => {
    expect(await selection('eventName|re: ^Create.+r$')).toEqual(['plain']);
    expect(await selection('eventName|re|i: ^create')).toEqual(['plain', 'failed']);
    expect(await selection('requestParameters.policyDocument|re: \'"Action"\\s*:\\s*"\\*"\'')).toEqual([
      'policy',
    ]);
  });
  test('networks', async () => {
    expect(await selection('sourceIPAddress|cidr: 198.51.100.0/28')).toEqual([
      'plain',
      'failed',
      'null',
      'lists',
      'policy',
    ]);
    expect(await selection('sourceIPAddress|cidr: 203.0.113.64/27')).toEqual(['extra']);
    expect(await selection('sourceIPAddress|cidr: 2001:db8::/32')).toEqual(['v6']);
    expect(await selection('sourceIPAddress|cidr: 0.0.0.0/0')).toHaveLength(6);
  });
  test('fieldref, also as a part', async () => {
    expect(await selection('userIdentity.arn|fieldref|endswith: userIdentity.userName')).toEqual(all);
    expect(await selection('requestParameters.userName|fieldref: userIdentity.userName')).toEqual([]);
  });
  test('encodings', async () => {
    expect(await selection('script|base64offset|contains: curl http')).toEqual(['extra']);
    expect(await selection('script|base64offset|contains: wget http')).toEqual([]);
    expect(await selection('script|base64: run curl http://evil')).toEqual(['extra']);
    expect(await selection('eventName|windash: CreateUser')).toEqual(['plain', 'failed']);
  });
  test('parts of a time', async () => {
    expect(await selection('eventTime|hour: 7')).toEqual(all);
    expect(await selection('eventTime|minute|gt: 8')).toEqual([]);
  });
  test('what is resolved from the records', async () => {
    expect(await selection('coldtrail.principal|endswith: user/carol')).toEqual(['policy']);
    expect(await selection('coldtrail.session: AKIAEXAMPLE')).toEqual(['policy']);
  });
});

describe('conditions', () => {
  test('keywords, alone and in lists', async () => {
    expect(await hits("words: ['k-1', 'alice']\ncondition: words")).toEqual(['plain', 'extra']);
    expect(await hits("words:\n  '|all': ['boto3', 'alice']\ncondition: words")).toEqual(['plain']);
    expect(await hits("any: [{errorCode: '*'}, 'k-1']\ncondition: any")).toEqual(['failed', 'extra']);
  });
  test('quantifiers, precedence and parentheses', async () => {
    const parts = "sel_a: {eventName: CreateUser}\nsel_b: {errorCode: '*'}\n_own: {eventName: Invoke}\n";
    expect(await hits(`${parts}condition: all of sel_*`)).toEqual(['failed']);
    expect(await hits(`${parts}condition: 1 of them`)).toEqual(['plain', 'failed']);
    expect(await hits(`${parts}condition: sel_a and not sel_b or _own`)).toEqual(['plain', 'extra', 'v6']);
    expect(await hits(`${parts}condition: sel_a and not (sel_b or _own)`)).toEqual(['plain']);
    expect(await hits(`${parts}condition: [sel_b, _own]`)).toEqual(['failed', 'extra', 'v6']);
  });
});
