import { describe, expect, test } from 'vitest';
import { record, session, user } from '../entities/record';
import { findingsOf } from './findings-of';

const HOME = '91.10.161.227';
const ABROAD = '101.172.218.88';
const RENTED = '5.9.1.1';
const KALI = { userAgent: 'Boto3/1.34.162 md/Botocore#1.34.162 os/linux lang/python#3.12.6' };

interface Fields {
  readonly userAgent?: string;
  readonly eventName?: string;
}

const call = (time: string, name: string, ip: string, fields: Fields = {}) =>
  record({
    eventTime: `2025-03-03T${time}Z`,
    sourceIPAddress: ip,
    userIdentity: user(name, `AKIA${name.toUpperCase()}`),
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DescribeInstances',
    ...fields,
  });

/** Three colleagues who work from home in one morning. */
const colleagues = ['bob', 'carol', 'dave'].flatMap((name) => [
  call('08:00:00', name, HOME),
  call('09:30:00', name, HOME),
]);
const rule = (cloudtrail: readonly object[]) => findingsOf('ct-ia-018', { cloudtrail: [...cloudtrail] });

describe('a credential in other hands', () => {
  const owner = [call('08:10:00', 'alice', HOME), call('11:10:00', 'alice', HOME)];

  test('is told within hours: rented machine, strange tool, the owner at work', async () => {
    const thief = call('09:00:00', 'alice', RENTED, { eventName: 'GetCallerIdentity', ...KALI });
    const [found, ...others] = await rule([...colleagues, ...owner, thief]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ severity: 'high', event_count: 1 });
    expect(found?.description).toMatch(/at work elsewhere at the same time; the operator rents machines/);
  });

  test('stays the thief when it makes more calls than the owner', async () => {
    const thief = Array.from({ length: 20 }, (_, i) =>
      call(`09:00:${10 + i}`, 'alice', RENTED, { eventName: 'GetCallerIdentity', ...KALI }),
    );
    expect(await rule([...colleagues, ...owner, ...thief])).toEqual([
      expect.objectContaining({ description: expect.stringMatching(/ 20 calls\. Signs/) as string }),
    ]);
  });

  test('what the thief makes on the way does not vouch for it', async () => {
    const thief = call('09:00:00', 'alice', RENTED, { eventName: 'GetCallerIdentity', ...KALI });
    const made = ['svc-a', 'svc-b', 'svc-c'].map((name) => call('09:20:00', name, RENTED, KALI));
    const severities = (await rule([...colleagues, ...owner, thief, ...made])).map((f) => f.severity);
    expect(severities).toContain('high');
  });

  test('a session of a build that leaves its runner', async () => {
    const build = (time: string, run: string, ip: string) =>
      record({
        eventTime: `2025-03-03T${time}Z`,
        sourceIPAddress: ip,
        userIdentity: session('deploy', 'build', `ASIA${run}`),
      });
    const runs = ['1', '2', '3'].map((run) => build(`0${7 + Number(run)}:00:00`, run, RENTED));
    expect(await rule([...colleagues, ...runs, build('10:05:00', '3', ABROAD)])).toEqual([
      expect.objectContaining({ severity: 'high', event_count: 1 }),
    ]);
  });

  test.each([
    ['a colleague at home', []],
    [
      'a journey with the own machine',
      [{ ...call('20:00:00', 'alice', ABROAD), eventTime: '2025-03-05T20:00:00Z' }],
    ],
    ['another machine at home', [call('09:00:00', 'alice', HOME, KALI)]],
    [
      'a refused call proves nothing',
      [{ ...call('09:00:00', 'alice', RENTED, KALI), errorCode: 'AccessDenied' }],
    ],
  ])('is not: %s', async (_, more) => {
    const told = await rule([...colleagues, ...owner, ...more]);
    expect(told.filter((f) => f.severity !== 'low')).toEqual([]);
  });
});
