import { describe, expect, test } from 'vitest';
import { record, session, user } from '../entities/record';
import { findingsOf } from './findings-of';

const GERMANY = '91.10.161.227';
const AUSTRALIA = '101.172.218.88';
const AWS = '52.95.110.1';
const HOSTING = '5.9.1.1';
const at = (day: number, time: string) => `2025-03-${String(day).padStart(2, '0')}T${time}Z`;
const alice = (eventTime: string, sourceIPAddress: string, fields: object = {}) =>
  record({ eventTime, sourceIPAddress, userIdentity: user('alice', 'AKIAALICE'), ...fields });

describe('impossible travel', () => {
  test('Germany and Australia within an hour', async () => {
    const findings = await findingsOf('ct-ia-016', {
      cloudtrail: [alice(at(3, '10:00:00'), GERMANY), alice(at(3, '10:40:00'), AUSTRALIA)],
    });
    expect(findings).toEqual([expect.objectContaining({ severity: 'medium', event_count: 2 })]);
    expect(findings[0]?.description).toMatch(/From DE .* to AU .* in 40 minutes: at least \d+ km/);
  });

  test('is worse with a client never seen before', async () => {
    const findings = await findingsOf('ct-ia-016', {
      cloudtrail: [
        alice(at(3, '10:00:00'), GERMANY),
        alice(at(3, '10:40:00'), AUSTRALIA, { userAgent: 'Boto3/1.34 Python/3.12 Linux/6.1' }),
      ],
    });
    expect(findings).toEqual([expect.objectContaining({ severity: 'high' })]);
  });

  test('says little when one place is a hosting provider', async () => {
    const findings = await findingsOf('ct-ia-016', {
      cloudtrail: [alice(at(3, '10:00:00'), AUSTRALIA), alice(at(3, '10:40:00'), HOSTING)],
    });
    expect(findings).toEqual([expect.objectContaining({ severity: 'low' })]);
  });

  test.each([
    ['a day is enough for the way', [alice(at(3, '10:00:00'), GERMANY), alice(at(4, '10:40:00'), AUSTRALIA)]],
    [
      'a failed call proves nothing',
      [alice(at(3, '10:00:00'), GERMANY), alice(at(3, '10:40:00'), AUSTRALIA, { errorCode: 'AccessDenied' })],
    ],
    [
      'two places used on three days each are two offices',
      [3, 4, 5].flatMap((day) => [
        alice(at(day, '10:00:00'), GERMANY),
        alice(at(day, '10:40:00'), AUSTRALIA),
      ]),
    ],
    [
      'roles of programs do not travel',
      [GERMANY, AUSTRALIA].map((ip, i) =>
        record({
          eventTime: at(3, `10:0${String(i)}:00`),
          sourceIPAddress: ip,
          userIdentity: session('job', 'run', 'ASIAJOB'),
        }),
      ),
    ],
    [
      'unknown places are never flagged',
      [alice(at(3, '10:00:00'), GERMANY), alice(at(3, '10:40:00'), '198.51.100.9')],
    ],
  ])('quiet: %s', async (_, cloudtrail) => {
    expect(await findingsOf('ct-ia-016', { cloudtrail })).toEqual([]);
  });
});

test('console sign-ins from two countries in a day', async () => {
  const login = (eventTime: string, ip: string) =>
    alice(eventTime, ip, {
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      responseElements: { ConsoleLogin: 'Success' },
    });
  const logins = (second: string) => ({
    cloudtrail: [login(at(3, '06:00:00'), GERMANY), login(second, AUSTRALIA)],
  });
  const severities = async (second: string) =>
    (await findingsOf('ct-ia-017', logins(second))).map((f) => f.severity);
  expect(await severities(at(3, '07:00:00'))).toEqual(['medium']);
  expect(await severities(at(3, '23:00:00'))).toEqual(['low']);
  expect(await findingsOf('ct-ia-017', logins(at(5, '23:00:00')))).toEqual([]);
});

describe('instance credentials outside AWS', () => {
  const instance = (eventTime: string, sourceIPAddress: string) =>
    record({ eventTime, sourceIPAddress, userIdentity: session('web', 'i-0123456789abcdef0', 'ASIAWEB') });

  test('one call from a provider of homes', async () => {
    const cloudtrail = [instance(at(3, '10:00:00'), AWS), instance(at(3, '11:00:00'), GERMANY)];
    expect(await findingsOf('ct-ca-001', { cloudtrail })).toEqual([
      expect.objectContaining({ severity: 'high', event_count: 1 }),
    ]);
  });

  test('quiet: a proxy that the instance always uses, and addresses nobody knows', async () => {
    const proxied = [3, 4, 5, 6].map((day) => instance(at(day, '10:00:00'), GERMANY));
    expect(await findingsOf('ct-ca-001', { cloudtrail: proxied })).toEqual([]);
    expect(
      await findingsOf('ct-ca-001', { cloudtrail: [instance(at(3, '10:00:00'), '198.51.100.9')] }),
    ).toEqual([]);
  });
});

describe('credentials of a function outside AWS', () => {
  const ROLE = 'arn:aws:iam::111122223333:role/orders';
  const taken = (by: object, key: string) =>
    record({
      eventTime: at(3, '09:00:00'),
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      requestParameters: { roleArn: ROLE, roleSessionName: 'orders' },
      responseElements: { credentials: { accessKeyId: key } },
      ...by,
    });
  const byLambda = taken(
    {
      userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
      sourceIPAddress: 'lambda.amazonaws.com',
    },
    'ASIAORDERS',
  );
  const uses = (eventTime: string, sourceIPAddress: string, key = 'ASIAORDERS') =>
    record({ eventTime, sourceIPAddress, userIdentity: session('orders', 'orders', key) });

  test('one call from a provider of homes', async () => {
    const cloudtrail = [byLambda, uses(at(3, '10:00:00'), AWS), uses(at(3, '11:00:00'), GERMANY)];
    expect(await findingsOf('ct-ca-014', { cloudtrail })).toEqual([
      expect.objectContaining({ severity: 'high', event_count: 1 }),
    ]);
  });

  test.each([
    ['a role that no service takes', [uses(at(3, '11:00:00'), GERMANY)]],
    [
      'a session of it that a person took',
      [
        byLambda,
        taken({ userIdentity: user('alice', 'AKIAALICE'), sourceIPAddress: GERMANY }, 'ASIAALICE'),
        uses(at(3, '11:00:00'), GERMANY, 'ASIAALICE'),
      ],
    ],
    [
      'a proxy that it always uses',
      [byLambda, ...[3, 4, 5].map((day) => uses(at(day, '11:00:00'), GERMANY))],
    ],
  ])('quiet: %s', async (_, cloudtrail) => {
    expect(await findingsOf('ct-ca-014', { cloudtrail })).toEqual([]);
  });
});

describe('a long-term key from a new operator', () => {
  const history = [3, 4, 5, 6, 7].map((day) => alice(at(day, '10:00:00'), GERMANY));

  test('from a country new to the account with a new client: medium', async () => {
    const cloudtrail = [
      ...history,
      alice(at(8, '10:00:00'), AUSTRALIA, { userAgent: 'Boto3/1.34 Python/3.12 Linux/6.1' }),
    ];
    expect(await findingsOf('ct-ia-012', { cloudtrail })).toEqual([
      expect.objectContaining({ severity: 'medium' }),
    ]);
  });

  test('with the usual client: low', async () => {
    const cloudtrail = [...history, alice(at(8, '10:00:00'), AUSTRALIA)];
    expect(await findingsOf('ct-ia-012', { cloudtrail })).toEqual([
      expect.objectContaining({ severity: 'low' }),
    ]);
  });

  test('quiet without history', async () => {
    expect(
      await findingsOf('ct-ia-012', {
        cloudtrail: [...history.slice(0, 2), alice(at(8, '10:00:00'), AUSTRALIA)],
      }),
    ).toEqual([]);
  });
});
