import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import type { Database } from '../../../src/main/db/database';
import { runUserSql } from '../../../src/main/evidence/user-sql';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { verify } from '../../../src/main/ingest/verify';
import { loadIncidents } from '../../../src/main/investigation/load';
import { openBundle } from '../../../src/main/pipeline/open-bundle';
import { buildReport } from '../../../src/main/report/build';
import { renderReportHtml } from '../../../src/main/report/render/html';

const ACCOUNT = '111122223333';
const HOSTILE = '45.83.64.9';
const USER_NAME = 'support<script>alert(1)</script>';
let serial = 0;

function call(minute: number, eventSource: string, eventName: string, extra: Record<string, unknown> = {}) {
  serial += 1;
  return {
    eventVersion: '1.08',
    eventTime: new Date(Date.UTC(2024, 4, 3, 10, minute)).toISOString().replace('.000', ''),
    eventID: `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    eventSource,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: HOSTILE,
    userAgent: 'aws-cli/2.15.0 Python/3.11.6 Linux/6.5.0 <script>alert(1)</script>',
    recipientAccountId: ACCOUNT,
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::${ACCOUNT}:user/dev`,
      accountId: ACCOUNT,
      accessKeyId: 'AKIAEXAMPLE000000001',
      userName: 'dev',
    },
    somethingNew: { kept: true },
    ...extra,
  };
}

const attack = [
  call(0, 'sts.amazonaws.com', 'GetCallerIdentity'),
  call(2, 'iam.amazonaws.com', 'CreateUser', { requestParameters: { userName: USER_NAME } }),
  call(3, 'iam.amazonaws.com', 'AttachUserPolicy', {
    requestParameters: { userName: USER_NAME, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  }),
  call(4, 'iam.amazonaws.com', 'CreateLoginProfile', { requestParameters: { userName: USER_NAME } }),
  call(5, 'cloudtrail.amazonaws.com', 'StopLogging', { requestParameters: { name: 'main' } }),
  call(6, 'cloudtrail.amazonaws.com', 'DeleteTrail', { requestParameters: { name: 'main' } }),
];

let folder = '';
let caseFolder: CaseFolder;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-test-'));
  const bundle = join(folder, 'bundle');
  await import('node:fs/promises').then((fs) => fs.mkdir(bundle));
  await writeFile(join(bundle, 'a.json.gz'), gzipSync(JSON.stringify({ Records: attack })));
  await writeFile(join(bundle, 'again.json'), JSON.stringify(attack));
  await writeFile(
    join(bundle, 'broken.json'),
    `{"Records":[${JSON.stringify(call(7, 's3.amazonaws.com', 'ListBuckets'))},{"eventName":"Half`,
  );
  await writeFile(join(bundle, 'notes.md'), '# not a log');
  caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
  await openBundle({ caseFolder, paths: [bundle], baselineDays: 14 });
  database = await openCaseDatabase(caseFolder);
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

describe('opening a bundle', () => {
  it('accounts for every record: unique, copies and issues', async () => {
    const rows = await database.main.rows<{
      name: string;
      state: string;
      records: number;
      u: number;
      d: number;
      i: number;
    }>(
      'SELECT name, state, records, unique_records AS u, duplicate_records AS d, issue_records AS i FROM files ORDER BY name',
    );
    expect(rows).toEqual([
      { name: 'a.json.gz', state: 'imported', records: 6, u: 6, d: 0, i: 0 },
      { name: 'again.json', state: 'imported', records: 6, u: 0, d: 6, i: 0 },
      { name: 'broken.json', state: 'imported', records: 2, u: 1, d: 0, i: 1 },
      { name: 'notes.md', state: 'not-evidence', records: 0, u: 0, d: 0, i: 0 },
    ]);
  });

  it('keeps fields that have no column', async () => {
    const { n } = await database.main.row<{ n: number }>(
      `SELECT count(*) AS n FROM events WHERE extra ->> '$.somethingNew.kept' = 'true'`,
    );
    expect(n).toBe(7);
  });

  it('finds one incident that begins with the first hostile call', async () => {
    const [incident, ...others] = await loadIncidents(database.main);
    expect(others).toEqual([]);
    expect(incident?.firstIntrusion).toMatchObject({
      eventId: attack[0]?.eventID,
      ip: HOSTILE,
      credential: 'AKIAEXAMPLE000000001',
    });
    expect(incident?.eventIds).toEqual(expect.arrayContaining(attack.map((e) => e.eventID)));
  });

  it('says by what the findings belong together', async () => {
    const [incident] = await loadIncidents(database.main);
    const types = new Set(incident?.links.flatMap((link) => link.reasons.map((reason) => reason.type)));
    expect(types).toContain('lineage');
    expect(types).toContain('address');
  });

  it('cites a record for every sentence', async () => {
    const [incident] = await loadIncidents(database.main);
    const { how, where, prevent } = incident!.answers;
    expect(how.length).toBeGreaterThan(2);
    for (const cited of [...how, ...where, ...prevent]) expect(cited.exhibits.length).toBeGreaterThan(0);
  });

  it('shows counts that equal the records behind them', async () => {
    const rows = await database.main.rows<{ stated: number; counted: number }>(
      `SELECT f.event_count AS stated, (SELECT count(*) FROM finding_events e WHERE e.finding_id = f.finding_id) AS counted FROM findings f WHERE provider = 'coldtrail'`,
    );
    expect(rows.length).toBeGreaterThan(2);
    for (const { stated, counted } of rows) expect(counted).toBe(stated);
  });

  it('writes a report in which a log text is never markup', async () => {
    const model = await buildReport(database.main, caseFolder, {
      incidentIds: null,
      now: '2024-06-01T00:00:00.000Z',
    });
    const html = renderReportHtml(model, new Map());
    expect(model.exhibits.length).toBeGreaterThan(0);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });

  it('refuses everything but one SELECT', async () => {
    const forbidden = [
      `COPY (SELECT 1) TO '${folder}/x.csv'`,
      `ATTACH '${folder}/x.db'`,
      `EXPORT DATABASE '${folder}/x'`,
      'PRAGMA version',
      'INSTALL httpfs',
      'SELECT 1; DROP VIEW events',
      'SET threads = 1',
      `EXPLAIN ANALYZE COPY (SELECT 1) TO '${folder}/y.csv'`,
      'CALL pragma_version()',
    ];
    for (const text of forbidden)
      await expect(runUserSql(caseFolder, text), text).rejects.toMatchObject({ name: 'AppError' });
    await expect(runUserSql(caseFolder, "SELECT * FROM read_text('/etc/passwd')")).rejects.toMatchObject({
      code: 'sql.failed',
    });
    expect((await runUserSql(caseFolder, 'SELECT count(*) AS n FROM events')).columns).toEqual([[7]]);
  });

  it('notices a changed original', async () => {
    expect((await verify(caseFolder)).ok).toBe(true);
    await writeFile(join(folder, 'bundle', 'again.json'), '[]');
    const after = await verify(caseFolder);
    expect(after.ok).toBe(false);
    expect(after.files.filter((f) => !f.ok).map((f) => f.path)).toEqual([
      join(folder, 'bundle', 'again.json'),
    ]);
  });

  it('refuses a second writer and says who holds the case', async () => {
    const lock = await caseFolder.lock();
    await expect(caseFolder.lock()).rejects.toMatchObject({ code: 'case.locked' });
    await lock.release();
    await (await caseFolder.lock()).release();
  });
});
