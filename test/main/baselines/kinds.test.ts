import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildBaselines } from '../../../src/main/baselines';
import type { Database } from '../../../src/main/db/database';
import { caseWith } from '../detections/evidence-fixture';
import { context, record, user } from '../entities/record';

const GERMANY = '91.10.161.227';
const AUSTRALIA = '101.172.218.88';
const DAYS = 15;
const PEOPLE = [
  'alice',
  'bob',
  'carol',
  'dave',
  'eve',
  'frank',
  'grace',
  'heidi',
  'ivan',
  'judy',
  'kim',
  'lee',
];

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const two = (n: number) => String(n).padStart(2, '0');
/** A call of somebody on a day (1 is the first) at a minute after eight. */
const call = (name: string, day: number, minute: number, fields: object = {}) =>
  record({
    eventTime: `2025-03-${two(day)}T${two(8 + Math.floor(minute / 60))}:${two(minute % 60)}:00Z`,
    sourceIPAddress: GERMANY,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetBucketLocation',
    requestParameters: { bucketName: 'plans' },
    userIdentity: user(name, `AKIA${name.toUpperCase()}`),
    ...fields,
  });
/** Twenty calls on a day, every one like those of the others. */
const work = (day: number) => PEOPLE.flatMap((name) => range(20).map((i) => call(name, day, i * 15)));
/** A time on the last day, thirteen calls an hour. */
const spread = (i: number) =>
  `2025-03-${two(DAYS)}T${two(7 + Math.floor(i / 13))}:${two((i % 13) * 4 + 2)}:00Z`;
const role = (name: string) => ({
  eventSource: 'sts.amazonaws.com',
  eventName: 'AssumeRole',
  requestParameters: { roleArn: `arn:aws:iam::111122223333:role/${name}` },
});
/** What each of them does on the last day, and what it is called. */
const CHANGES: readonly (readonly [who: string, kind: string, value: RegExp, calls: readonly object[]])[] = [
  ['alice', 'new-country', /^AU$/, [{ sourceIPAddress: AUSTRALIA }]],
  ['alice', 'new-operator', /./, []],
  ['bob', 'new-user-agent', /terraform/, [{ userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.7.5' }]],
  ['carol', 'new-region', /^ap-southeast-2$/, [{ awsRegion: 'ap-southeast-2' }]],
  ['dave', 'new-service', /^kms/, [{ eventSource: 'kms.amazonaws.com', eventName: 'ListKeys' }]],
  ['eve', 'volume', /T12:00/, range(300).map(() => ({}))],
  ['frank', 'failure-share', /T12:00/, range(40).map(() => ({ errorCode: 'AccessDenied' }))],
  // Never twenty in an hour, but from morning to night.
  ['kim', 'volume-day', /-15$/, range(195).map((i) => ({ eventTime: spread(i) }))],
  [
    'lee',
    'failure-share-day',
    /-15$/,
    range(90).map((i) => ({ eventTime: spread(2 * i), errorCode: 'AccessDenied' })),
  ],
  ['grace', 'new-api', /PutBucketTagging/, [{ eventName: 'PutBucketTagging' }]],
  ['heidi', 'new-role', /role\/admin$/, [role('admin')]],
  ['ivan', 'new-bucket', /^payroll$/, [{ requestParameters: { bucketName: 'payroll' } }]],
];

/** A new service is a new API, too, and forty refused calls are many. */
const BESIDES: Readonly<Record<string, readonly string[]>> = {
  'new-api': ['dave'],
  volume: ['frank'],
  'volume-day': ['eve', 'frank', 'lee'],
  'failure-share-day': ['frank'],
};

describe('baselines', () => {
  let database: Database;
  let rows: { kind: string; principal: string; value: string; isNew: boolean; maturity: number }[];
  beforeAll(async () => {
    const usual = range(DAYS).flatMap((i) => work(i + 1));
    const roles = range(DAYS).map((i) => call('heidi', i + 1, 7, role('reader')));
    const changes = CHANGES.flatMap(([who, , , calls]) =>
      calls.map((fields, i) => call(who, DAYS, 240 + (i % 60), fields)),
    );
    // Somebody of another account has been in Australia all the time: new all the same for this one.
    const abroad = range(DAYS).map((i) =>
      call('zoe', i + 1, 3, {
        sourceIPAddress: AUSTRALIA,
        recipientAccountId: '222233334444',
        userIdentity: user('zoe', 'AKIAZOE', '222233334444'),
      }),
    );
    database = await caseWith({ cloudtrail: [...usual, ...roles, ...abroad, ...changes] });
    await buildBaselines(context(database.main));
    rows = await database.main.rows(
      `SELECT kind, regexp_extract(principal, '[^/]+$') AS principal, value, is_new_for_account AS "isNew", maturity FROM baselines`,
    );
  });
  afterAll(() => database?.close());

  test.each(CHANGES)('%s: %s', (who, kind, value) => {
    const found = rows.filter((r) => r.kind === kind && r.principal === who);
    expect(found.map((r) => r.value)).toEqual([expect.stringMatching(value)]);
    expect(found[0]?.maturity).toBeGreaterThanOrEqual(0.9);
    if (kind.startsWith('new-')) expect(found[0]?.isNew).toBe(true);
    const others = rows.filter((r) => r.kind === kind && r.principal !== who).map((r) => r.principal);
    expect(others).toEqual(BESIDES[kind] ?? []);
  });

  test('who does what was always done is in none', () => {
    expect(rows.filter((r) => ['judy', 'zoe'].includes(r.principal))).toEqual([]);
  });

  test('are evidence, three a day of one principal at most, never an alarm', async () => {
    const findings = await database.main.rows<{ severity: string; n: number }>(
      `SELECT severity, CAST(max(n) AS INTEGER) AS n FROM (SELECT severity, principal, CAST(first_time AS DATE), count(*) AS n FROM findings WHERE kind = 'baseline' GROUP BY ALL) GROUP BY severity`,
    );
    expect(findings.length).toBeGreaterThan(0);
    for (const { severity, n } of findings) {
      expect(['low', 'informational']).toContain(severity);
      expect(n).toBeLessThanOrEqual(3);
    }
  });
});
