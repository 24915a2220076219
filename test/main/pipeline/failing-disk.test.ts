import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { machineFailure } from '../../../src/main/case/machine-failure';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { ingest } from '../../../src/main/ingest/ingest';
import { analyseCase } from '../../../src/main/pipeline/analyse-case';
import { composeSample } from '../../../src/sample/index';

let folder = '';
let bundle = '';
let disk = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coldtrail-disk-'));
  const out = join(folder, 'sample');
  ({ bundle } = await composeSample({ out, seed: 6, events: 6000, flows: 8000, days: 7 }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A disk of a few MiB; only root may make one. */
const mount = (size: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'coldtrail-test', disk]).status === 0;
const resize = (size: string) => execFileSync('mount', ['-o', `remount,size=${size}`, disk]);
const canMount = process.getuid?.() === 0 && process.platform === 'linux';

async function counts(caseFolder: CaseFolder): Promise<{ events: number; files: number; broken: number }> {
  const database = await openCaseDatabase(caseFolder);
  try {
    return await database.main.row(
      'SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM files) AS files, (SELECT count(*) FROM issues) AS broken',
    );
  } finally {
    database.close();
  }
}

describe.runIf(canMount)('a disk that is full', () => {
  beforeEach(() => {
    disk = join(folder, 'disk');
    mkdirSync(disk, { recursive: true });
  });
  afterEach(() => spawnSync('umount', [disk]));

  it('stops an import by name, keeps what is in, and goes on when there is room', async () => {
    expect(mount('3m')).toBe(true);
    const path = join(disk, 'case');
    const caseFolder = await CaseFolder.create(path, 'full');
    await expect(ingest(caseFolder, [bundle], { filesPerBatch: 40 })).rejects.toMatchObject({
      code: 'disk.full',
      params: { path },
    });
    const half = await counts(caseFolder);
    expect(half.files).toBeGreaterThan(0);
    resize('200m');
    await ingest(await CaseFolder.open(path), [bundle], { filesPerBatch: 40 });
    const whole = await CaseFolder.create(join(folder, 'roomy'), 'roomy');
    await ingest(whole, [bundle]);
    expect(await counts(caseFolder)).toEqual(await counts(whole));
    expect(half.events).toBeLessThan((await counts(whole)).events);
  });

  it('stops an analysis by name and leaves the one before current', async () => {
    expect(mount('200m')).toBe(true);
    const path = join(disk, 'case');
    const caseFolder = await CaseFolder.create(path, 'full');
    await ingest(caseFolder, [bundle]);
    await analyseCase({ caseFolder, baselineDays: 5 });
    const before = await caseFolder.currentRun();
    const { used } = usage();
    resize(`${used + 100}k`);
    await expect(analyseCase({ caseFolder, baselineDays: 5 })).rejects.toMatchObject({ code: 'disk.full' });
    expect(await caseFolder.currentRun()).toBe(before);
    resize('200m');
    await analyseCase({ caseFolder, baselineDays: 5 });
    expect(await caseFolder.currentRun()).not.toBe(before);
  });

  /** KiB that the disk holds. */
  function usage(): { used: number } {
    const [, line = ''] = execFileSync('df', ['-k', disk], { encoding: 'utf8' }).trim().split('\n');
    return { used: Number(line.split(/\s+/)[2]) };
  }
});

describe('a failure of the machine', () => {
  it('is named by its cause, with file and words', () => {
    const told = (message: string) => machineFailure(new Error(message), '/case');
    expect(told('ENOSPC: no space left on device, write')).toMatchObject({ code: 'disk.full' });
    expect(told('IO Error: Could not write file "/case/x": No space left on device')).toMatchObject({
      code: 'disk.full',
    });
    expect(told('EIO: i/o error, fsync')).toMatchObject({ code: 'disk.failing', params: { path: '/case' } });
    expect(told('IO Error: Cannot read: Input/output error')).toMatchObject({ code: 'disk.failing' });
    expect(told("EROFS: read-only file system, open '/case/x'")).toMatchObject({ code: 'case.unwritable' });
    expect(told('EACCES: permission denied')).toMatchObject({ code: 'case.unwritable' });
    const other = new Error('a studio of errors');
    expect(machineFailure(other, '/case')).toBe(other);
  });
});
