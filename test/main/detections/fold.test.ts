import { describe, expect, test } from 'vitest';
import { record, user } from '../entities/record';
import { allFindings } from './findings-of';

const THIEF = '198.51.100.9';
const KEY = 'AKIAALICE';

/** A GuardDuty finding about one API call with alice's key, in the spelling of the S3 export. */
function alarm(type: string, api: string, severity: number): object {
  const time = '2025-03-18T10:00:00.000Z';
  return {
    schemaVersion: '2.0',
    accountId: '111122223333',
    region: 'us-east-1',
    id: `${type}-${api}`,
    arn: `arn:aws:guardduty:us-east-1:111122223333:detector/d/finding/${api}`,
    type,
    title: type,
    description: `The API ${api} was called.`,
    severity,
    createdAt: time,
    updatedAt: time,
    partition: 'aws',
    resource: {
      resourceType: 'AccessKey',
      accessKeyDetails: { accessKeyId: KEY, principalId: 'AIDA', userType: 'IAMUser', userName: 'alice' },
    },
    service: {
      serviceName: 'guardduty',
      eventFirstSeen: time,
      eventLastSeen: time,
      count: 1,
      archived: false,
      action: {
        actionType: 'AWS_API_CALL',
        awsApiCallAction: {
          api,
          serviceName: 'x',
          callerType: 'Remote IP',
          remoteIpDetails: { ipAddressV4: THIEF },
        },
      },
    },
  };
}

const by = { eventTime: '2025-03-18T10:00:00Z', userIdentity: user('alice', KEY), sourceIPAddress: THIEF };
const iam = (eventName: string, requestParameters: object, eventTime = by.eventTime) =>
  record({
    ...by,
    eventTime,
    eventSource: 'iam.amazonaws.com',
    eventName,
    readOnly: false,
    requestParameters,
  });

describe("a provider's finding about a call that a rule says more of", () => {
  test('is told with the rule, of another tactic or not', async () => {
    const of = await allFindings({
      cloudtrail: [
        record({
          ...by,
          eventSource: 'cloudtrail.amazonaws.com',
          eventName: 'StopLogging',
          readOnly: false,
          requestParameters: { name: 'main' },
        }),
      ],
      guardduty: [alarm('Stealth:IAMUser/CloudTrailLoggingDisabled', 'StopLogging', 2)],
    });
    const [told] = of('Stealth:IAMUser/CloudTrailLoggingDisabled');
    expect(told?.rule_id).toMatch(/^ct-de-/);
    expect(of('Stealth:IAMUser/CloudTrailLoggingDisabled')).toHaveLength(1);
  });

  test('stays alone where the rule says less', async () => {
    const of = await allFindings({
      cloudtrail: [iam('CreateUser', { userName: 'eve' })],
      guardduty: [alarm('Persistence:IAMUser/AnomalousBehavior', 'CreateUser', 8)],
    });
    expect(of('Persistence:IAMUser/AnomalousBehavior').map((f) => f.rule_id)).toEqual([
      'Persistence:IAMUser/AnomalousBehavior',
    ]);
  });
});

describe('a password for a user', () => {
  const password = (eventTime: string) => iam('CreateLoginProfile', { userName: 'eve' }, eventTime);

  test('that the same principal made within the hour is part of setting it up', async () => {
    const of = await allFindings({
      cloudtrail: [iam('CreateUser', { userName: 'eve' }), password('2025-03-18T10:20:00Z')],
    });
    expect(of('ct-pe-005').map((f) => f.severity)).toEqual(['medium']);
  });

  test('that was there before keeps its level', async () => {
    const of = await allFindings({
      cloudtrail: [iam('CreateUser', { userName: 'adam' }), password('2025-03-18T10:20:00Z')],
    });
    expect(of('ct-pe-005').map((f) => f.severity)).toEqual(['high']);
  });
});

test('what compares a hand with its owner is not told with a journey of both', async () => {
  const [HOME, AWAY] = ['91.10.161.227', '101.172.218.88'];
  const hours = ['08', '09', '10', '11', '12'];
  const owner = [3, 4, 5, 6].flatMap((day) =>
    hours.map((hour) =>
      record({ ...by, sourceIPAddress: HOME, eventTime: `2025-03-0${String(day)}T${hour}:00:00Z` }),
    ),
  );
  const thief = ['GetCallerIdentity', 'ListUsers', 'ListRoles'].map((eventName, i) =>
    record({
      ...by,
      eventSource: 'iam.amazonaws.com',
      eventName,
      sourceIPAddress: AWAY,
      userAgent: 'Boto3/1.34 Python/3.12 Linux/6.1',
      eventTime: `2025-03-06T10:2${String(i)}:00Z`,
    }),
  );
  const of = await allFindings({ cloudtrail: [...owner, ...thief] });
  expect(of('ct-ia-016').map((f) => f.rule_id)).toEqual(['ct-ia-016']);
  expect(of('ct-ia-018').map((f) => f.rule_id)).toEqual(['ct-ia-018']);
});
