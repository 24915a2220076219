import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { Database } from '../../../src/main/db/database';
import { patternLines } from '../../../src/main/evidence/originals/pattern-lines';
import { readOriginal } from '../../../src/main/evidence/original';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { ingest } from '../../../src/main/ingest/ingest';
import { proposeMap } from '../../../src/main/ingest/propose-map';
import { previewMap } from '../../../src/main/ingest/preview-map';
import { addSourceMaps } from '../../../src/main/ingest/source-maps';
import { guessedText } from '../../../src/main/sources/mapped/guess';
import { isFor, parseSourceMap } from '../../../src/main/sources/mapped/source-map';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-maps-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const RECORDS = [
  { when: '2024-05-01T10:00:00Z', user: 'alice', op: 'read', ip: '203.0.113.7', size: 1 },
  { when: '2024-05-01T10:00:01Z', user: 'bob', op: 'write', ip: '203.0.113.8', size: 2 },
];
const LINES = RECORDS.map((r) => JSON.stringify(r)).join('\n');

async function write(name: string, text: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('a proposed map imports the file that it was made of; a file read before is read again', async () => {
  const log = await write('tool.log', `${LINES}\n{"when":\n`);
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
  const before = await ingest(caseFolder, [log], { threads: 1 });
  expect(before.files).toMatchObject({ imported: 0, issue: 1 });
  await addSourceMaps(caseFolder, [await write('tool.yaml', guessedText(await proposeMap(log, 'tool.log')))]);
  const after = await ingest(caseFolder, [log], { threads: 1 });
  expect(after.files).toMatchObject({ imported: 1, notEvidence: 0, issue: 0 });
  expect(after.sources).toMatchObject([{ source: 'mapped-tool', records: 3, unique: 2 }]);
  expect(after.issues).toMatchObject([{ code: 'json.truncated', recordNo: 3 }]);
  const database = await openCaseDatabase(caseFolder, { threads: 1 });
  expect(
    await database.main.rows(
      'SELECT map, actor, action, source_ip, extra FROM mapped_events ORDER BY record_no',
    ),
  ).toEqual([
    { map: 'tool', actor: 'alice', action: 'read', source_ip: '203.0.113.7', extra: '{"size":1}' },
    { map: 'tool', actor: 'bob', action: 'write', source_ip: '203.0.113.8', extra: '{"size":2}' },
  ]);
  const { file_id: fileId } = await database.main.row<{ file_id: number }>('SELECT file_id FROM files');
  const original = await readOriginal(
    caseFolder,
    { kind: 'mapped-tool', fileId, recordNo: 2 },
    database.main,
  );
  expect(original).toMatchObject({ text: JSON.stringify(RECORDS[1]), exact: true, hashMatches: true });
  database.close();
  const again = await ingest(caseFolder, [log], { threads: 1 });
  expect(again.sources).toMatchObject([{ records: 3, unique: 2, duplicates: 0 }]);
});

test('Parquet is mapped by its columns', async () => {
  const path = join(folder, 'tool.parquet');
  const engine = await Database.open({ threads: 1 });
  await engine.main.run(
    `COPY (SELECT TIMESTAMP '2024-05-01 10:00:00' + INTERVAL (n) SECOND AS ts, 'u' || n AS login, n FROM range(3) t(n)) TO '${path}' (FORMAT parquet)`,
  );
  engine.close();
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
  await addSourceMaps(caseFolder, [
    await write('p.yaml', guessedText(await proposeMap(path, 'tool.parquet'))),
  ]);
  const summary = await ingest(caseFolder, [path], { threads: 1 });
  expect(summary.sources).toMatchObject([
    { source: 'mapped-tool', records: 3, unique: 3, first: '2024-05-01T10:00:00.000000Z' },
  ]);
});

test.each([
  ['name: Proxy\nfiles: "*"\ntime: { field: ts }\ncolumns: {}\n', 'm.yaml, line 1: name: a name is of a-z'],
  ['name: p\nfiles: "*"\ntime:\n  field: ts\n  form: iso\ncolumns: {}\n', 'm.yaml, line 5: time.form:'],
  [
    'name: p\nfiles: "*"\ntime: { field: ts }\ncolumns:\n  actor: a\n  who: b\n',
    'm.yaml, line 6: columns.who:',
  ],
  ['name: p\nfiles: "*"\ncolumns: {}\n', 'm.yaml, line 1: time:'],
  ['name: p\nfiles: [\n', 'm.yaml, line 3'],
  [
    "name: p\nfiles: '*'\ntime: { field: ts, format: \"%Y'\" }\ncolumns: {}\n",
    'm.yaml, line 3: time.format: a format has no quotes',
  ],
])('a map that is wrong says where: %j', (text, message) => {
  expect(() => parseSourceMap(text, 'm.yaml')).toThrow(message);
});

test('files are chosen by name, in folders and archives', () => {
  const map = parseSourceMap('name: p\nfiles: "*.log"\ntime: { field: ts }\ncolumns: {}\n', 'm');
  expect(['a.log', 'x/y/a.LOG', 'x.zip!y/a.log', 'alog', 'a.log.gz'].map((name) => isFor(map, name))).toEqual(
    [true, true, true, false, false],
  );
});

test('what has no records cannot be mapped', async () => {
  const path = await write('note.txt', 'hello\nworld\n');
  await expect(proposeMap(path, 'note.txt')).rejects.toMatchObject({ code: 'sourceMap.none' });
});

const WEB = [
  '203.0.113.7 - - [01/May/2024:12:00:00 +0200] "GET /login?a=1 HTTP/1.1" 200 512 "-" "curl/8.5.0; x"',
  '203.0.113.8 - alice [01/May/2024:12:00:01 +0200] "POST /admin HTTP/1.1" 403 - "https://x/" "a; b \\"b\\""',
  'cut',
];

test('lines of text are mapped by a pattern, each with its place', async () => {
  const log = await write('access.log', `${WEB.join('\r\n')}\n`);
  const proposed = await proposeMap(log, 'access.log');
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
  await addSourceMaps(caseFolder, [await write('web.yaml', guessedText(proposed))]);
  const summary = await ingest(caseFolder, [log], { threads: 1 });
  expect(summary.sources).toMatchObject([
    { source: 'mapped-access', records: 3, unique: 2, first: '2024-05-01T10:00:00.000000Z' },
  ]);
  expect(summary.issues).toMatchObject([{ code: 'line.malformed', recordNo: 3 }]);
  const database = await openCaseDatabase(caseFolder, { threads: 1 });
  expect(
    await database.main.rows(
      'SELECT actor, action, source_ip, target, outcome, extra FROM mapped_events ORDER BY record_no',
    ),
  ).toEqual([
    {
      actor: null,
      action: 'GET',
      source_ip: '203.0.113.7',
      target: '/login?a=1',
      outcome: '200',
      extra: '{"bytes":"512","referer":"-","agent":"curl/8.5.0; x"}',
    },
    {
      actor: 'alice',
      action: 'POST',
      source_ip: '203.0.113.8',
      target: '/admin',
      outcome: '403',
      extra: '{"referer":"https://x/","agent":"a; b \\\\\\"b\\\\\\""}',
    },
  ]);
  const place = { kind: 'mapped-access', fileId: 1, recordNo: 2 };
  expect(await readOriginal(caseFolder, place, database.main)).toMatchObject({ text: WEB[1], exact: true });
  const map = parseSourceMap(guessedText(proposed), 'web.yaml');
  const preview = await previewMap(database.main, Buffer.from(WEB.join('\n')), map);
  expect(preview).toMatchObject({
    records: 3,
    unreadable: 1,
    untimed: 0,
    problem: { detail: 'the line does not fit the pattern', sample: 'cut' },
    rows: [{ event_time: '2024-05-01 10:00:00', actor: null }, { actor: 'alice' }],
  });
  database.close();
});

test('a pattern that does not come to its end makes issues of its lines, not a hang', () => {
  const bytes = Buffer.from(`${'a'.repeat(40)}!\nb\n`);
  const found = [...patternLines(bytes, '^(?<x>(a+)+)$', { maxMs: 50 })];
  expect(found.map(({ problem }) => problem?.detail)).toEqual(
    Array.from({ length: 2 }, () => 'the pattern takes too long for this line or one near it'),
  );
});
