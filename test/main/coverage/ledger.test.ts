import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { openBundle } from '../../../src/main/pipeline/open-bundle';
import { keyPair, writeKeys, writeTrail } from '../../support/digests';

const HOUR = 3_600_000;
/** A Monday. */
const START = Date.parse('2024-05-06T00:00:00Z');
const ACCOUNT = '111122223333';

let folder = '';
let bundle = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-coverage-'));
  bundle = join(folder, 'bundle');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Call {
  readonly name?: string;
  readonly region?: string;
  readonly error?: string;
  readonly request?: object;
}

function record(time: number, { name = 'DescribeInstances', region = 'eu-west-1', error, request }: Call = {}) {
  return {
    eventVersion: '1.08',
    eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName: name,
    awsRegion: region,
    eventID: `${region}-${name}-${time}`,
    eventType: 'AwsApiCall',
    recipientAccountId: ACCOUNT,
    sourceIPAddress: '198.51.100.7',
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/alice`, accountId: ACCOUNT },
    requestParameters: request ?? null,
    ...(error === undefined ? {} : { errorCode: error }),
  };
}

interface Gap {
  readonly source: string;
  readonly region: string | null;
  readonly cause: string;
  readonly first: string | null;
  readonly last: string | null;
  readonly records: number;
  readonly action: string | null;
  readonly detail: string;
}

async function gaps(): Promise<Gap[]> {
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'x');
  await openBundle({ caseFolder, paths: [bundle], baselineDays: 14 });
  const database = await openCaseDatabase(caseFolder, { threads: 1 });
  try {
    const { rows, hours } = await database.main.row<{ rows: number; hours: number }>(
      'SELECT (SELECT count(*) FROM events) AS rows, (SELECT sum(records) FROM coverage) AS hours',
    );
    expect(hours).toBe(rows);
    return await database.main.rows<Gap>(
      `SELECT source, aws_region AS region, cause, strftime(first_time, '%d %H:%M') AS first, strftime(last_time, '%d %H:%M') AS last, records, action, detail
       FROM coverage_gaps ORDER BY first_time, cause, source`,
    );
  } finally {
    database.close();
  }
}

/** Records at ten past every hour that `has` wants. */
async function write(hours: number, has: (hour: number, time: Date) => boolean, more: readonly object[] = []) {
  const records = [];
  for (let h = 0; h < hours; h += 1) {
    const time = START + h * HOUR;
    if (has(h, new Date(time))) records.push(record(time + 600_000));
  }
  await mkdir(bundle);
  await writeFile(join(bundle, 'records.json'), JSON.stringify({ Records: [...records, ...more] }));
}

describe('the ledger', () => {
  it('finds a silence in a steady log, to the hour', async () => {
    await write(240, (h) => h < 100 || h >= 112);
    expect(await gaps()).toMatchObject([
      { source: 'cloudtrail', region: 'eu-west-1', cause: 'silence', first: '10 04:00', last: '10 16:00', records: 0 },
    ]);
  });

  it('takes nights and weekends for the rhythm of an office', async () => {
    const isOffice = (_: number, time: Date) =>
      time.getUTCHours() >= 8 && time.getUTCHours() < 18 && time.getUTCDay() % 6 !== 0;
    await write(28 * 24, isOffice);
    expect(await gaps()).toEqual([]);
  });

  it('sees that an office was silent for two days', async () => {
    const isOffice = (h: number, time: Date) =>
      time.getUTCHours() >= 8 && time.getUTCHours() < 18 && time.getUTCDay() % 6 !== 0 && (h < 9 * 24 || h >= 11 * 24);
    await write(28 * 24, isOffice);
    expect(await gaps()).toMatchObject([{ cause: 'silence', first: '14 18:00', last: '17 08:00' }]);
  });

  it('does not take a log of a few records for a broken one', async () => {
    await write(240, (h) => h % 37 === 0);
    expect(await gaps()).toEqual([]);
  });

  it('knows from when to when a log was off, and what came nevertheless', async () => {
    const at = (h: number, call: Call) => record(START + h * HOUR, call);
    await write(60, (h) => h < 20 || h >= 30, [
      at(20, { name: 'StopLogging' }),
      at(21, { name: 'StopLogging', error: 'AccessDenied' }),
      at(30, { name: 'StartLogging' }),
      at(40, { name: 'DeleteFlowLogs', region: 'us-east-1' }),
      at(41, { name: 'CreateFlowLogs', region: 'eu-west-1' }),
      at(45, { name: 'UpdateDetector', request: { detectorId: 'd', enable: false } }),
      at(50, { name: 'PutEventSelectors', request: { eventSelectors: [{ readWriteType: 'All', includeManagementEvents: false }] } }),
      at(55, { name: 'PutEventSelectors', request: { eventSelectors: [{ readWriteType: 'All', includeManagementEvents: true }] } }),
    ]);
    expect((await gaps()).filter((g) => g.action !== null)).toMatchObject([
      { source: 'cloudtrail', region: null, cause: 'logging-stopped', first: '06 20:00', last: '07 06:00', records: 2 },
      { source: 'vpc-flow', region: 'us-east-1', cause: 'logging-stopped', first: '07 16:00', last: '08 12:00' },
      { source: 'guardduty', region: 'eu-west-1', cause: 'logging-stopped', first: '07 21:00' },
      { source: 'cloudtrail', cause: 'logging-narrowed', first: '08 02:00', last: '08 07:00', records: 6 },
    ]);
  });

  it('says which log files and digests are not here, and which files cannot be read', async () => {
    const key = keyPair();
    const trail = await writeTrail(bundle, key, { hours: 6, start: '2024-05-06T00:00:00Z' });
    await writeKeys(bundle, [key]);
    for (const name of trail.hours[1]?.logs ?? []) await rm(join(bundle, name));
    await rm(join(bundle, trail.hours[3]?.digest ?? ''));
    const broken = trail.hours[4]?.logs[0] ?? '';
    await writeFile(join(bundle, broken), '{"Records":[{"eventVersion":"1.08","eventName":');
    expect(await gaps()).toMatchObject([
      { cause: 'file-missing', region: 'eu-west-1', first: '06 01:09', last: '06 01:20', detail: '2 log files that digests name are not here' },
      { cause: 'digest-missing', region: 'eu-west-1', first: '06 03:00', last: '06 04:00' },
      { source: 'cloudtrail', cause: 'file-unreadable', region: 'eu-west-1', first: '06 04:10', last: '06 04:10' },
    ]);
  });
});
