import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { readOriginal } from '../../../src/main/evidence/original';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { ingest } from '../../../src/main/ingest/ingest';
import { verify } from '../../../src/main/ingest/verify';
import { tarOf, zipOf } from '../../support/archives';
import { checkConservation } from '../../support/golden';

/** So little that a few kilobytes are a file that cannot be held. */
const LIMITS = { whole: 4096, windows: { window: 1024, most: 64 * 1024 }, batch: 8192 };
const RECORDS = 60;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-large-files-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const event = (n: number, more: object = {}) => ({
  eventVersion: '1.09',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/zoë' },
  eventTime: new Date(Date.UTC(2024, 4, 3, 10, 0, n)).toISOString().replace('.000', ''),
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  sourceIPAddress: '203.0.113.7',
  requestParameters: { key: `größe/${'€'.repeat(n % 17)}/${n}` },
  eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  ...more,
});
const events = (count = RECORDS, from = 0) => Array.from({ length: count }, (_, i) => event(from + i));
const flow = (n: number) =>
  `2 111122223333 eni-0a1b2c3d4e5f60718 203.0.113.${n % 250} 10.0.0.5 ${40000 + n} 443 6 10 840 ${1714730000 + n} ${1714730060 + n} ACCEPT OK`;

interface Look {
  readonly files: readonly Record<string, unknown>[];
  readonly issues: readonly Record<string, unknown>[];
  readonly records: readonly Record<string, unknown>[];
}

/** Imports paths in windows, checks that nothing is lost and that each record is found again in its original. */
async function look(kind: string, paths: readonly string[], caseFolder?: CaseFolder): Promise<Look> {
  const opened = caseFolder ?? (await CaseFolder.create(join(folder, 'case'), 'test'));
  await ingest(opened, paths, { threads: 1, limits: LIMITS });
  const database = await openCaseDatabase(opened);
  try {
    await checkConservation(database);
    const [table, id] = kind === 'vpc-flow' ? ['flows', 'srcport'] : ['events', 'event_id'];
    const records = await database.main.rows<{ file_id: number; record_no: number; id: string | number }>(
      `SELECT file_id, record_no, ${id} AS id FROM ${table} ORDER BY file_id, record_no`,
    );
    for (const { file_id, record_no, id } of records.filter(
      (_, i) => i % 7 === 0 || i === records.length - 1,
    )) {
      const original = await readOriginal(
        opened,
        { kind, fileId: file_id, recordNo: record_no },
        database.main,
      );
      expect(original.text).toContain(String(id));
    }
    const files = await database.main.rows(
      'SELECT name, source, state, reason, sha256, records, unique_records AS "unique", issue_records AS issues FROM files ORDER BY file_id',
    );
    const issues = await database.main.rows('SELECT code, record_no FROM issues ORDER BY file_id, record_no');
    return { files, issues, records };
  } finally {
    database.close();
  }
}

async function original(recordNo: number, kind = 'cloudtrail') {
  const caseFolder = await CaseFolder.open(join(folder, 'case'));
  return readOriginal(caseFolder, { kind, fileId: 1, recordNo });
}

const put = async (name: string, content: string | Buffer) => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

test.each([
  ['an export', JSON.stringify({ Records: events() })],
  ['an export with a mark', `\ufeff${JSON.stringify({ Records: events() }, null, 2)}`],
  [
    'lines',
    events()
      .map((e) => JSON.stringify(e))
      .join('\n'),
  ],
  ['an answer', JSON.stringify({ NextToken: 'x', Events: events(), More: { a: [1] } })],
])('reads %s larger than it may hold whole, and finds each record again', async (_, text) => {
  const { files, issues, records } = await look('cloudtrail', [await put('a.json', text)]);
  expect(issues).toEqual([]);
  expect(files).toMatchObject([
    { source: 'cloudtrail', state: 'imported', sha256: sha256(text), records: RECORDS, unique: RECORDS },
  ]);
  expect(records.map((r) => r['record_no'])).toEqual(events().map((_, i) => i + 1));
  const found = await original(41);
  expect(JSON.parse(found.text)).toEqual(event(40));
  expect(found).toMatchObject({ exact: true, hashMatches: null });
  const bytes = Buffer.from(text);
  const length = Buffer.byteLength(found.text);
  expect(bytes.toString('utf8', found.byteOffset ?? -1, (found.byteOffset ?? -1) + length)).toBe(found.text);
});

test('reads compressed, converted and packed texts the same way', async () => {
  const text = JSON.stringify({ Records: events() });
  const paths = [
    await put('a.json.gz', gzipSync(text)),
    await put('b.json', Buffer.from(`\ufeff${JSON.stringify({ Records: events(RECORDS, 100) })}`, 'utf16le')),
    await put('c.zip', zipOf([{ name: 'c.json', body: JSON.stringify({ Records: events(RECORDS, 200) }) }])),
    await put('d.tar', tarOf([{ name: 'd.json', body: JSON.stringify({ Records: events(RECORDS, 300) }) }])),
    await put(
      'e.csv',
      `eventVersion,eventID,eventTime,eventSource,eventName\n${events(RECORDS, 400)
        .map((e) => [e.eventVersion, e.eventID, e.eventTime, e.eventSource, e.eventName].join(','))
        .join('\n')}`,
    ),
  ];
  const { files, issues } = await look('cloudtrail', paths);
  expect(issues).toEqual([]);
  expect(files.filter((f) => f['source'] === 'cloudtrail').map((f) => f['unique'])).toEqual(
    Array.from({ length: 5 }, () => RECORDS),
  );
  expect((await verify(await CaseFolder.open(join(folder, 'case')))).ok).toBe(true);
});

test('reads a flow log line by line, a spoilt line as an issue', async () => {
  const lines = Array.from({ length: 200 }, (_, n) => flow(n));
  lines[100] = 'no flow record';
  const { files, issues } = await look('vpc-flow', [await put('flow.log', lines.join('\n'))]);
  expect(issues).toEqual([{ code: 'line.malformed', record_no: 101 }]);
  expect(files).toMatchObject([{ source: 'vpc-flow', records: 200, unique: 199, issues: 1 }]);
  expect((await original(200, 'vpc-flow')).text).toBe(lines[199]);
});

test('a broken record, one larger than a window and one that never ends keep their neighbours', async () => {
  const large = event(3, { errorMessage: 'x'.repeat(20_000) });
  const texts = events(8).map((e) => JSON.stringify(e));
  texts[3] = JSON.stringify(large);
  texts[5] = (texts[5] ?? '').replace('"eventName"', '"eventName');
  const text = `{"Records":[${texts.join(',')},{"eventVersion":"1.09","eventID":"`;
  const { files, issues } = await look('cloudtrail', [await put('a.json', text)]);
  expect(files).toMatchObject([{ records: 9, unique: 7, issues: 2 }]);
  expect(issues).toMatchObject([{ record_no: 6 }, { record_no: 9, code: 'json.truncated' }]);
  expect(JSON.parse((await original(4)).text)).toEqual(large);
});

test('what a cut gzip file gave is in, and the cut is an issue', async () => {
  const stored = gzipSync(
    events(400)
      .map((e) => JSON.stringify(e))
      .join('\n'),
  );
  const cut = stored.subarray(0, Math.floor(stored.length * 0.9));
  const { files, issues } = await look('cloudtrail', [await put('a.gz', cut)]);
  expect(issues).toContainEqual({ code: 'gzip.truncated', record_no: null });
  expect(files).toMatchObject([{ source: 'cloudtrail', sha256: sha256(cut) }]);
  expect(files[0]?.['unique']).toBeGreaterThan(200);
});

test('is not read again, and of a grown one only the new is unique', async () => {
  const path = await put(
    'a.json',
    events()
      .map((e) => JSON.stringify(e))
      .join('\n'),
  );
  const packed = await put(
    'b.tar',
    tarOf([{ name: 'b.json', body: JSON.stringify({ Records: events(RECORDS, 100) }) }]),
  );
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
  await look('cloudtrail', [path, packed], caseFolder);
  const again = await look('cloudtrail', [path, packed], caseFolder);
  expect(again.files.length).toBe(3);
  await appendFile(path, `\n${JSON.stringify(event(500))}\n`);
  const { files } = await look('cloudtrail', [path], caseFolder);
  expect(files.at(-1)).toMatchObject({ records: RECORDS + 1, unique: 1 });
});

test('a cancelled import leaves nothing of a large file that is not done, and goes on from there', async () => {
  const text = events(400)
    .map((e) => JSON.stringify(e))
    .join('\n');
  const path = await put('a.json', text);
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
  const stop = new AbortController();
  const onProgress = ({ bytesDone }: { bytesDone: number }) => {
    if (bytesDone > 0) stop.abort();
  };
  const importing = ingest(caseFolder, [path], {
    threads: 1,
    limits: LIMITS,
    signal: stop.signal,
    onProgress,
  });
  await expect(importing).rejects.toMatchObject({ code: 'job.cancelled' });
  expect((await caseFolder.manifest()).parts).toEqual([]);
  const { files } = await look('cloudtrail', [path], caseFolder);
  expect(files).toMatchObject([{ records: 400, unique: 400, sha256: sha256(text) }]);
});
