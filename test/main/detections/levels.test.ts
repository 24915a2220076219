import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/main/db/database';
import { runDetections } from '../../../src/main/detections';
import { context, record, session, user } from '../entities/record';
import { caseWith } from './evidence-fixture';

const OFFICE = '203.0.113.7';
const ELSEWHERE = '198.51.100.9';
const CLI = 'aws-cli/2.15.0 Python/3.11 Linux/6.1';
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 Safari/537.36';

type Fields = Readonly<Record<string, unknown>>;

const at = (day: number, time = '10:00:00') => `2025-03-${String(day).padStart(2, '0')}T${time}Z`;
const iam = (eventName: string, fields: Fields): Fields =>
  record({ eventSource: 'iam.amazonaws.com', eventName, readOnly: false, ...fields });

/** Three people who work at the office from the 1st to the 20th; alice also changes IAM now and then. */
function office(): Fields[] {
  const days = Array.from({ length: 20 }, (_, i) => i + 1);
  const calls = days.flatMap((day) =>
    ['alice', 'bob', 'carol'].flatMap((name) => {
      const own = { userIdentity: user(name, `AKIA${name.toUpperCase()}`), sourceIPAddress: OFFICE };
      return [BROWSER, CLI].map((userAgent) =>
        record({
          ...own,
          eventTime: at(day),
          eventSource: 'ec2.amazonaws.com',
          eventName: 'DescribeVpcs',
          userAgent,
        }),
      );
    }),
  );
  const changes = [3, 6, 9].map((day) =>
    iam('TagUser', {
      eventTime: at(day),
      userIdentity: user('alice', 'AKIAALICE'),
      sourceIPAddress: OFFICE,
      requestParameters: { userName: 'bob' },
    }),
  );
  return [...calls, ...changes];
}

const creates = (name: string, key: string, fields: Fields) =>
  iam('CreateUser', {
    eventTime: at(18),
    userIdentity: user(name, key),
    sourceIPAddress: OFFICE,
    userAgent: CLI,
    requestParameters: { userName: `by-${name}` },
    ...fields,
  });

async function severities(records: readonly Fields[]): Promise<ReadonlyMap<string, string>> {
  const database: Database = await caseWith({ cloudtrail: records });
  try {
    await runDetections(context(database.main));
    const rows = await database.main.rows<{ key: string; severity: string }>(
      `SELECT concat_ws(' ', rule_id, regexp_extract(principal, '[^/:]+$'), source_ip) AS key, severity FROM findings`,
    );
    return new Map(rows.map((r) => [r.key, r.severity]));
  } finally {
    database.close();
  }
}

describe('what a principal usually does lowers a finding', () => {
  let found: ReadonlyMap<string, string>;
  beforeAll(async () => {
    found = await severities([
      ...office(),
      creates('alice', 'AKIAALICE', {}),
      creates('alice', 'AKIAALICE', { eventTime: at(19), sourceIPAddress: ELSEWHERE }),
      creates('mallory', 'AKIAMALLORY', {}),
      record({
        eventTime: at(18),
        eventSource: 'cloudtrail.amazonaws.com',
        eventName: 'StopLogging',
        userIdentity: user('alice', 'AKIAALICE'),
        sourceIPAddress: OFFICE,
        requestParameters: { name: 'main' },
      }),
    ]);
  });

  test('a person who changes IAM on other days, at the own network with the own client: low', () => {
    expect(found.get(`ct-pe-001 alice ${OFFICE}`)).toBe('low');
  });

  test('the same person from a network never used before keeps the level', () => {
    expect(found.get(`ct-pe-001 alice ${ELSEWHERE}`)).toBe('medium');
  });

  test('somebody at the shared network who was never seen before keeps the level', () => {
    expect(found.get(`ct-pe-001 mallory ${OFFICE}`)).toBe('medium');
  });

  test('stopping the log keeps its level whoever does it', () => {
    expect(found.get(`ct-de-001 alice ${OFFICE}`)).toBe('high');
  });
});

describe('habits', () => {
  const deploys = (days: readonly number[]) =>
    days.map((day) =>
      record({
        eventTime: at(day),
        eventSource: 'lambda.amazonaws.com',
        eventName: 'UpdateFunctionCode20150331v2',
        userIdentity: session('deploy', 'run', `ASIADEPLOY${day}`),
        sourceIPAddress: ELSEWHERE,
        requestParameters: { functionName: 'orders' },
      }),
    );
  let frequent: ReadonlyMap<string, string>;
  const levelsOf = async (days: readonly number[]) => {
    const database = await caseWith({ cloudtrail: [...office(), ...deploys(days)] });
    try {
      await runDetections(context(database.main));
      return await database.main.rows<{ day: number; severity: string }>(
        `SELECT CAST(day(first_time) AS INTEGER) AS day, severity FROM findings WHERE rule_id = 'ct-ex-005' ORDER BY day`,
      );
    } finally {
      database.close();
    }
  };
  beforeAll(async () => {
    frequent = new Map((await levelsOf([1, 2, 4, 6, 8, 10, 12])).map((r) => [String(r.day), r.severity]));
  });

  test('what goes on since the first days of the case is routine from its first time on', () => {
    expect([...new Set(frequent.values())]).toEqual(['low']);
  });

  test('what begins later is routine from the fourth day on', async () => {
    const later = await levelsOf([8, 9, 10, 11, 12, 13, 14]);
    expect(later.map((r) => r.severity)).toEqual(['medium', 'medium', 'medium', 'low', 'low', 'low', 'low']);
  });
});
