import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { flowFormats } from '../../../src/main/cli/arguments';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { ingest } from '../../../src/main/ingest/ingest';

let folder: string;
let caseFolder: CaseFolder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-flow-formats-'));
  caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
  await writeFile(
    join(folder, 'log.txt'),
    '10.0.0.62 52.213.180.42 eni-1235b8ca123456789 1566848875 1566848933 ACCEPT OK\n',
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const FIELDS = 'srcaddr dstaddr interface-id start end action log-status';
const open = (options = {}) => ingest(caseFolder, [folder], { threads: 1, ...options });

test('a log without a header that was an issue is read once its fields are given, and listed once', async () => {
  const before = await open();
  expect(before.issues).toMatchObject([{ code: 'flow.noFormat' }]);
  expect((await open()).files).toEqual(before.files);
  const after = await open({
    flowFormats: flowFormats({ 'flow-format': ['${srcaddr} ${dstaddr} ' + FIELDS.slice(16)] }),
  });
  expect(after.sources).toMatchObject([{ source: 'vpc-flow', records: 1, unique: 1 }]);
  expect(after.files).toMatchObject({ imported: 1, issue: 0 });
  expect(after.issues).toEqual([]);
  expect((await open()).sources).toMatchObject([{ records: 1, unique: 1, duplicates: 0 }]);
  const database = await openCaseDatabase(caseFolder, { threads: 1 });
  expect(await database.main.rows('FROM issues')).toEqual([]);
  database.close();
});

test('so it is by a file with the line of field names that came later', async () => {
  await open();
  await writeFile(join(folder, 'fields.txt'), `${FIELDS}\n`);
  expect((await open()).sources).toMatchObject([{ source: 'vpc-flow', records: 1, unique: 1 }]);
});

test('what names no fields is refused', () => {
  expect(() => flowFormats({ 'flow-format': ['a b'] })).toThrow('--flow-format must name the fields');
});
