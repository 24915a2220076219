import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../support/evidence';
import { record, session, user } from '../entities/record';
import { findingsOf } from './findings-of';

const GERMANY = '91.10.161.227';
const AUSTRALIA = '101.172.218.88';
const at = (day: number, time: string) => `2025-03-${String(day).padStart(2, '0')}T${time}Z`;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const minute = (i: number) => `10:${String(i).padStart(2, '0')}:00`;
const severities = async (id: string, evidence: Evidence) =>
  (await findingsOf(id, evidence)).map((f) => f.severity);
const told = async (id: string, cloudtrail: readonly object[]) => severities(id, { cloudtrail });

describe('ct-ca-002, instance credentials away from the instance', () => {
  const call = (day: number, time: string, sourceIPAddress: string, instance = 'i-0123456789abcdef0') =>
    record({
      eventTime: at(day, time),
      sourceIPAddress,
      userIdentity: session('web', instance, `ASIA${instance.slice(-4)}${String(day)}`),
    });
  const home = [3, 4, 5].flatMap((day) => [
    call(day, '08:00:00', '198.51.100.7'),
    call(day, '20:00:00', '198.51.100.7'),
  ]);

  test('a session that begins at home and goes on elsewhere', async () => {
    expect(await told('ct-ca-002', [...home, call(5, '21:00:00', GERMANY)])).toEqual(['high']);
  });

  test('quiet at home, and where three instances share a way out', async () => {
    expect(await told('ct-ca-002', home)).toEqual([]);
    const others = ['i-00000000000000001', 'i-00000000000000002'].map((id) =>
      call(5, '21:00:00', GERMANY, id),
    );
    expect(await told('ct-ca-002', [...home, call(5, '21:00:00', GERMANY), ...others])).toEqual([]);
  });
});

describe('ct-ca-003, one temporary credential in two places', () => {
  const call = (time: string, sourceIPAddress: string, key = 'ASIAJOB') =>
    record({
      eventTime: at(3, time),
      sourceIPAddress,
      userIdentity: session('job', 'run', key),
    });

  test('used from two networks in turns', async () => {
    const cloudtrail = [call('10:00:00', GERMANY), call('10:10:00', AUSTRALIA), call('10:20:00', GERMANY)];
    expect(await told('ct-ca-003', cloudtrail)).toEqual(['medium']);
  });

  test.each([
    ['a move without return', [call('10:00:00', GERMANY), call('10:10:00', AUSTRALIA)]],
    [
      'a return after hours',
      [call('10:00:00', GERMANY), call('10:10:00', AUSTRALIA), call('14:00:00', GERMANY)],
    ],
    [
      'two sessions, each in its place',
      [
        call('10:00:00', GERMANY),
        call('10:10:00', AUSTRALIA, 'ASIAOTHER'),
        call('10:20:00', GERMANY),
        call('10:30:00', AUSTRALIA, 'ASIAOTHER'),
      ],
    ],
  ])('quiet: %s', async (_, cloudtrail) => {
    expect(await told('ct-ca-003', cloudtrail)).toEqual([]);
  });
});

describe('ct-ia-006, a guessed console password', () => {
  const login = (time: string, result: 'Success' | 'Failure', sourceIPAddress = GERMANY) =>
    record({
      eventTime: at(3, time),
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      eventType: 'AwsConsoleSignIn',
      sourceIPAddress,
      userIdentity: { ...user('alice', ''), accessKeyId: undefined },
      errorMessage: result === 'Failure' ? 'Failed authentication' : undefined,
      responseElements: { ConsoleLogin: result },
      additionalEventData: { MFAUsed: 'No' },
    });
  const failures = (n: number, ip = GERMANY) => range(n).map((i) => login(minute(i), 'Failure', ip));

  test('three failures and then in: medium; ten, or failures elsewhere: high', async () => {
    expect(await told('ct-ia-006', [...failures(3), login('10:15:00', 'Success')])).toEqual(['medium']);
    expect(await told('ct-ia-006', [...failures(10), login('10:15:00', 'Success')])).toEqual(['high']);
    expect(await told('ct-ia-006', [...failures(3, AUSTRALIA), login('10:15:00', 'Success')])).toEqual([
      'high',
    ]);
  });

  test('quiet: two typing errors, failures alone, and failures an hour before', async () => {
    expect(await told('ct-ia-006', [...failures(2), login('10:15:00', 'Success')])).toEqual([]);
    expect(await told('ct-ia-006', failures(8))).toEqual([]);
    expect(await told('ct-ia-006', [...failures(3), login('11:15:00', 'Success')])).toEqual([]);
  });
});

describe('ct-ia-014, federation from a new operator', () => {
  const taken = (day: number, sourceIPAddress: string, name = 'alice@example.org') =>
    record({
      eventTime: at(day, '10:00:00'),
      eventName: 'AssumeRoleWithSAML',
      sourceIPAddress,
      userIdentity: {
        type: 'SAMLUser',
        principalId: `provider:${name}`,
        userName: name,
        identityProvider: 'provider',
      },
      requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/staff' },
    });
  const history = [3, 4, 5, 6, 7].map((day) => taken(day, GERMANY));

  test('after five days from one operator', async () => {
    expect(await told('ct-ia-014', [...history, taken(8, AUSTRALIA)])).toEqual(['low']);
  });

  test('quiet: known operator, short history, another subject', async () => {
    expect(await told('ct-ia-014', [...history, taken(8, GERMANY)])).toEqual([]);
    expect(await told('ct-ia-014', [...history.slice(0, 3), taken(8, AUSTRALIA)])).toEqual([]);
    expect(await told('ct-ia-014', [...history, taken(8, AUSTRALIA, 'bob@example.org')])).toEqual([]);
  });
});

describe('ct-de-020, own traces removed', () => {
  const iam = (day: number, eventName: string, userName: string, who = 'alice', fields: object = {}) =>
    record({
      eventTime: at(day, '10:00:00'),
      eventSource: 'iam.amazonaws.com',
      eventName,
      userIdentity: user(who, `AKIA${who.toUpperCase()}`),
      requestParameters: { userName },
      ...fields,
    });

  test('a user made and deleted within the week', async () => {
    const cloudtrail = [iam(3, 'CreateUser', 'backdoor'), iam(5, 'DeleteUser', 'backdoor')];
    expect(await findingsOf('ct-de-020', { cloudtrail })).toEqual([
      expect.objectContaining({ severity: 'medium', event_count: 1 }),
    ]);
  });

  test('says little of terraform', async () => {
    const agent = { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.7.5 terraform-provider-aws/5.40.0' };
    expect(
      await told('ct-de-020', [
        iam(3, 'CreateUser', 'test', 'alice', agent),
        iam(3, 'DeleteUser', 'test', 'alice', agent),
      ]),
    ).toEqual(['informational']);
  });

  test.each([
    ['made by another', [iam(3, 'CreateUser', 'leaver', 'bob'), iam(5, 'DeleteUser', 'leaver')]],
    ['made long before', [iam(3, 'CreateUser', 'leaver'), iam(20, 'DeleteUser', 'leaver')]],
    ['another user', [iam(3, 'CreateUser', 'joiner'), iam(5, 'DeleteUser', 'leaver')]],
    [
      'the deletion was refused',
      [
        iam(3, 'CreateUser', 'backdoor'),
        iam(5, 'DeleteUser', 'backdoor', 'alice', { errorCode: 'AccessDenied' }),
      ],
    ],
  ])('quiet: %s', async (_, cloudtrail) => {
    expect(await told('ct-de-020', cloudtrail)).toEqual([]);
  });
});

test('vf-016, the first call with metadata version 1 of each instance', async () => {
  const call = (delivery: string, day: number) =>
    record({
      eventTime: at(day, '10:00:00'),
      userIdentity: (() => {
        const identity = session('web', 'i-0123456789abcdef0', 'ASIAWEB');
        return {
          ...identity,
          sessionContext: { ...(identity['sessionContext'] as object), ec2RoleDelivery: delivery },
        };
      })(),
    });
  expect(await findingsOf('vf-016', { cloudtrail: [call('1.0', 3), call('1.0', 4)] })).toEqual([
    expect.objectContaining({ event_count: 1 }),
  ]);
  expect(await told('vf-016', [call('2.0', 3)])).toEqual([]);
});
