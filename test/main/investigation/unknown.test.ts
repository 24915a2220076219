import { describe, expect, test } from 'vitest';
import { createFindingCalls, createHands } from '../../../src/main/grouping/hands';
import { buildCoverage } from '../../../src/main/coverage';
import { ExhibitBook } from '../../../src/main/investigation/exhibits';
import { tellUnknown } from '../../../src/main/investigation/unknown';
import type { Evidence } from '../../support/evidence';
import { caseWith } from '../detections/evidence-fixture';
import { ACCOUNT, context, record, session, user } from '../entities/record';

/** What is said of an incident made of all CloudTrail records from `first` on. */
async function saidOf(evidence: Evidence, first: string): Promise<string[]> {
  const database = await caseWith(evidence);
  try {
    await buildCoverage(context(database.main));
    await createFindingCalls(database.main);
    await createHands(database.main);
    await database.main.run(
      `INSERT INTO incident_events SELECT 'inc', 'cloudtrail', file_id, record_no, event_id, event_time, NULL, NULL FROM calls WHERE event_time >= CAST($first AS TIMESTAMP)`,
      { first },
    );
    return (await tellUnknown(database.main, 'inc', new ExhibitBook(database.main))).map((s) => s.text);
  } finally {
    database.close();
  }
}

const by = (eventTime: string, eventName: string, fields: object = {}) =>
  record({ eventTime, eventName, userIdentity: user('alice', 'AKIAALICE'), ...fields });
const LONG_BEFORE = by('2025-03-01T10:00:00Z', 'DescribeInstances');
const s3 = (eventTime: string, eventName: string, fields: object = {}) =>
  by(eventTime, eventName, {
    eventSource: 's3.amazonaws.com',
    requestParameters: { bucketName: 'payroll' },
    managementEvent: true,
    ...fields,
  });

describe('what the logs cannot say', () => {
  test('nothing, when nothing of it is asked', async () => {
    expect(
      await saidOf({ cloudtrail: [LONG_BEFORE, by('2025-03-05T10:00:00Z', 'ListUsers')] }, '2025-03-05'),
    ).toEqual([]);
  });

  test('buckets used without a record of any object; quiet with data events', async () => {
    const used = [LONG_BEFORE, s3('2025-03-05T10:00:00Z', 'GetBucketPolicy')];
    expect(await saidOf({ cloudtrail: used }, '2025-03-05')).toEqual([
      `In account ${ACCOUNT} the bucket payroll was used, but no record of any object is there: whether objects were read or changed is not known. CloudTrail data events or S3 server access logs would tell.`,
    ]);
    const read = s3('2025-03-05T10:01:00Z', 'GetObject', { managementEvent: false });
    expect(await saidOf({ cloudtrail: [...used, read] }, '2025-03-05')).toEqual([]);
  });

  test('a role taken in an account that nobody handed over', async () => {
    const taken = by('2025-03-05T10:00:00Z', 'AssumeRole', {
      eventSource: 'sts.amazonaws.com',
      requestParameters: { roleArn: 'arn:aws:iam::999988887777:role/audit', roleSessionName: 'x' },
    });
    expect(await saidOf({ cloudtrail: [LONG_BEFORE, taken] }, '2025-03-05')).toEqual([
      'The role role/audit was taken in account 999988887777, of which the case holds no call: what was done there is not known. The CloudTrail of that account would tell.',
    ]);
  });

  test('what an instance talked to, and what was before the first record', async () => {
    const call = record({
      eventTime: '2025-03-05T10:00:00Z',
      eventName: 'ListUsers',
      userIdentity: session('web', 'i-0123456789abcdef0', 'ASIAWEB'),
    });
    const said = await saidOf({ cloudtrail: [call] }, '2025-03-05');
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('earlier use of the same credentials cannot be excluded');
    expect(said[1]).toContain('No flow log of account');
  });

  test('a trail that was switched off, by whom and how long', async () => {
    const cloudtrail = [
      LONG_BEFORE,
      by('2025-03-05T10:00:00Z', 'StopLogging', {
        eventSource: 'cloudtrail.amazonaws.com',
        requestParameters: { name: `arn:aws:cloudtrail:eu-central-1:${ACCOUNT}:trail/main` },
      }),
      by('2025-03-05T10:05:00Z', 'DeleteTrail', {
        eventSource: 'cloudtrail.amazonaws.com',
        requestParameters: { name: `arn:aws:cloudtrail:eu-central-1:${ACCOUNT}:trail/main` },
      }),
      by('2025-03-05T12:00:00Z', 'ListUsers'),
    ];
    const [said, ...others] = await saidOf({ cloudtrail }, '2025-03-05');
    expect(others).toEqual([]);
    expect(said).toContain(
      'was switched off by user/alice, 2025-03-05 10:00:00 UTC to 2025-03-05 12:00:00 UTC: what happened then is not known.',
    );
  });
});
