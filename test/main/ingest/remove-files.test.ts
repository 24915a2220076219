import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { ingest } from '../../../src/main/ingest/ingest';
import { removeFiles } from '../../../src/main/ingest/remove-files';
import { verify } from '../../../src/main/ingest/verify';
import { zipOf } from '../../support/archives';
import { checkConservation } from '../../support/golden';

let folder = '';
let caseFolder: CaseFolder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-remove-'));
  caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const event = (n: number, more: object = {}) => ({
  eventVersion: '1.09',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ada' },
  eventTime: `2024-05-03T10:00:${String(n).padStart(2, '0')}Z`,
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  sourceIPAddress: '203.0.113.7',
  eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  ...more,
});
const exported = (...records: object[]) => JSON.stringify({ Records: records });

async function put(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

async function held(): Promise<{ files: Record<string, unknown>[]; events: string[] }> {
  const database = await openCaseDatabase(caseFolder);
  try {
    await checkConservation(database);
    const files = await database.main.rows<Record<string, unknown>>(
      'SELECT name, state, reason, records, unique_records AS "unique" FROM files ORDER BY file_id',
    );
    const events = await database.main.rows<{ at: string }>(
      `SELECT f.name || ' ' || CAST(right(event_id, 2) AS INTEGER) AS at FROM events JOIN files f USING (file_id) ORDER BY file_id, record_no`,
    );
    return { files, events: events.map(({ at }) => at) };
  } finally {
    database.close();
  }
}

test('of records that other files hold too, the first copy there becomes the unique one', async () => {
  const paths = [
    await put('a.json', exported(event(1), event(2), event(3))),
    await put('b.json', exported(event(2), event(4))),
    await put('c.json', exported(event(2), event(3), event(3))),
  ];
  await ingest(caseFolder, paths, { threads: 1 });
  expect((await held()).events).toEqual(['a.json 1', 'a.json 2', 'a.json 3', 'b.json 4']);
  const removed = await removeFiles(caseFolder, [1]);
  expect(removed).toMatchObject([{ path: paths[0], source: 'cloudtrail', records: 3 }]);
  const { files, events } = await held();
  expect(events).toEqual(['b.json 2', 'b.json 4', 'c.json 3']);
  expect(files).toMatchObject([
    {
      name: 'a.json',
      state: 'removed',
      reason: 'removed from the case: 3 records of cloudtrail',
      records: 0,
    },
    { name: 'b.json', state: 'imported', records: 2, unique: 2 },
    { name: 'c.json', state: 'imported', records: 3, unique: 1 },
  ]);
  // What was removed is no original of the case any more.
  await rm(paths[0] as string);
  expect((await verify(caseFolder)).ok).toBe(true);
  expect(await removeFiles(caseFolder, [1])).toEqual([]);
});

test('of two contents under one id the copy of the one that went is not hidden by the other', async () => {
  const paths = [
    await put('a.json', exported(event(1))),
    await put('b.json', exported(event(1, { eventName: 'DeleteBucket' }))),
    await put('c.json', exported(event(1))),
  ];
  await ingest(caseFolder, paths, { threads: 1 });
  expect((await held()).events).toEqual(['a.json 1', 'b.json 1']);
  await removeFiles(caseFolder, [1]);
  expect((await held()).events).toEqual(['b.json 1', 'c.json 1']);
});

test('an archive goes with what lies in it, and comes back when it is opened again', async () => {
  const zip = await put('z.zip', zipOf([{ name: 'a.json', body: exported(event(1), event(2)) }]));
  const other = await put('b.json', exported(event(3), { eventVersion: '1.09', eventID: 'x' }));
  await ingest(caseFolder, [zip, other], { threads: 1 });
  const { files } = await held();
  const archive = files.findIndex(({ name }) => name === 'z.zip') + 1;
  expect((await removeFiles(caseFolder, [archive])).map(({ records }) => records).sort()).toEqual([0, 2]);
  expect((await held()).events).toEqual(['b.json 3']);
  await ingest(caseFolder, [zip, other], { threads: 1 });
  const after = await held();
  expect(after.events.sort()).toEqual(['b.json 3', 'z.zip!a.json 1', 'z.zip!a.json 2']);
});
