import { rmSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { ingest } from '../../../src/main/ingest/ingest';
import { Spool } from '../../../src/main/ingest/spool';
import { checkConservation } from '../../support/golden';

let folder = '';
let bundle = '';
let caseFolder: CaseFolder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-import-'));
  bundle = join(folder, 'bundle');
  await mkdir(bundle);
  caseFolder = await CaseFolder.create(join(folder, 'case'), 'x');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A CloudTrail record; the day is also that of the file. */
function record(day: number, n: number) {
  const date = `2024-05-${String(day).padStart(2, '0')}`;
  return {
    eventVersion: '1.08',
    eventTime: `${date}T10:00:00Z`,
    eventSource: 'iam.amazonaws.com',
    eventName: 'ListUsers',
    awsRegion: 'us-east-1',
    eventID: `${day}-${n}`,
    recipientAccountId: '111122223333',
    userIdentity: { type: 'Root' },
  };
}
const write = (name: string, records: readonly object[]) =>
  writeFile(join(bundle, name), JSON.stringify({ Records: records }));

async function counts(): Promise<unknown> {
  const database = await openCaseDatabase(caseFolder, { threads: 1 });
  try {
    await checkConservation(database);
    return await database.main.row(
      'SELECT (SELECT count(*) FROM events) AS "unique", (SELECT count(*) FROM events_all) AS "all", (SELECT count(*) FROM files) AS files',
    );
  } finally {
    database.close();
  }
}

describe('an import', () => {
  it('leaves what is in when it is cancelled, and goes on from there', async () => {
    for (let day = 1; day <= 9; day += 1) await write(`d${day}.json`, [record(day, 1), record(day, 2)]);
    const abort = new AbortController();
    const options = { threads: 1, filesPerBatch: 2 };
    const cancelled = ingest(caseFolder, [bundle], {
      ...options,
      signal: abort.signal,
      onProgress: ({ records }) => {
        if (records >= 4) abort.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'job.cancelled' });
    const { files } = (await counts()) as { files: number };
    expect(files).toBeGreaterThanOrEqual(2);
    expect(files).toBeLessThan(9);
    await ingest(caseFolder, [bundle], options);
    expect(await counts()).toEqual({ unique: 18, all: 18, files: 9 });
    expect(await readdir(join(caseFolder.path, 'tmp'))).toEqual([]);
  });

  it('reads of what is added only the new, and knows its copies', async () => {
    await write('a.json', [record(1, 1), record(2, 1)]);
    await ingest(caseFolder, [bundle], { threads: 1 });
    const before = (await caseFolder.manifest()).parts;
    await write('b.json', [record(2, 1), record(3, 1), record(3, 1)]);
    await ingest(caseFolder, [bundle], { threads: 1 });
    expect(await counts()).toEqual({ unique: 3, all: 5, files: 2 });
    expect((await caseFolder.manifest()).parts.slice(0, before.length)).toEqual(before);
  });

  it('takes an infinite time for none', async () => {
    await write('a.json', [{ ...record(1, 1), eventTime: 'infinity' }, record(1, 2)]);
    const { issues } = await ingest(caseFolder, [bundle], { threads: 1 });
    expect(issues).toMatchObject([{ code: 'record.noTime', recordNo: 1 }]);
    expect(await counts()).toEqual({ unique: 1, all: 1, files: 1 });
  });

  it('makes an issue of a file that vanished or changed while it was read', async () => {
    await write('gone.json', [record(1, 1)]);
    await write('grows.json', [record(1, 2)]);
    await write('stays.json', [record(1, 3)]);
    const { issues } = await ingest(caseFolder, [bundle], {
      threads: 1,
      onProgress: () => rmSync(join(bundle, 'stays.json'), { force: true }),
    });
    expect(issues).toMatchObject([{ code: 'path.unreadable', file: join(bundle, 'stays.json') }]);
    await appendFile(join(bundle, 'grows.json'), ' ');
    await ingest(caseFolder, [bundle], { threads: 1 });
    expect(await counts()).toEqual({ unique: 2, all: 3, files: 4 });
  });
});

it.runIf(process.platform === 'linux')('says that the disk is full where a spool cannot grow', () => {
  const spool = Spool.create('/dev/full');
  spool.add(Buffer.from('line\n'));
  expect(() => spool.flush()).toThrow(/ENOSPC/);
  spool.close();
});
