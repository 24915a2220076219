import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-case-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('making a case', () => {
  it('goes on where a creation was broken off', async () => {
    await writeFile(join(folder, 'manifest.json'), '{"parts":[]}');
    await writeFile(join(folder, 'case.json.4711.new'), '{"na');
    const made = await CaseFolder.create(folder, 'again');
    expect((await CaseFolder.open(folder)).info.id).toBe(made.info.id);
  });

  it('refuses a folder with anything else in it', async () => {
    await writeFile(join(folder, 'case.json.new'), '');
    await expect(CaseFolder.create(folder, 'x')).rejects.toMatchObject({ code: 'case.exists' });
  });
});

describe.skipIf(process.platform === 'win32')('a case that somebody else made', () => {
  const inCase = (name: string) => join(folder, 'case', name);
  beforeEach(async () => {
    await CaseFolder.create(join(folder, 'case'), 'x');
    await mkdir(inCase('analysis/run-1'), { recursive: true });
  });
  const open = () => CaseFolder.open(join(folder, 'case'));

  it.each(['actions.jsonl', 'log', 'investigations', 'analysis/run-1/calls.parquet', 'evidence'])(
    'is refused with a link at %s, wherever it leads',
    async (name) => {
      await symlink(join(folder, 'elsewhere'), inCase(name));
      await expect(open()).rejects.toMatchObject({ code: 'case.strange', params: { name } });
    },
  );

  it('is refused with a pipe in it, and is none when case.json is no file', async () => {
    execFileSync('mkfifo', [inCase('job.json')]);
    await expect(open()).rejects.toMatchObject({ code: 'case.strange', params: { name: 'job.json' } });
    await rm(inCase('job.json'));
    await rm(inCase('case.json'));
    execFileSync('mkfifo', [inCase('case.json')]);
    await expect(open()).rejects.toMatchObject({ code: 'case.notACase' });
  });
});

describe('the write lock', () => {
  const lockOf = (holder: object | string) =>
    writeFile(join(folder, 'lock'), typeof holder === 'string' ? holder : JSON.stringify(holder));
  const own = async (): Promise<Record<string, unknown>> => {
    const lock = await (await CaseFolder.create(folder, 'x')).lock();
    const text = await readFile(join(folder, 'lock'), 'utf8');
    await lock.release();
    return JSON.parse(text) as Record<string, unknown>;
  };

  it('is taken over from a process that is gone, was killed while it wrote, or whose number another has', async () => {
    const present = await own();
    const opened = await CaseFolder.open(folder);
    for (const left of ['', '{"pid":12', { ...present, pid: 4_194_305 }, { ...present, started: '1' }]) {
      await lockOf(left);
      await (await opened.lock()).release();
    }
  });

  it('is respected of a running process and of another computer, by name', async () => {
    const present = await own();
    const opened = await CaseFolder.open(folder);
    await lockOf(present);
    await expect(opened.lock()).rejects.toMatchObject({ code: 'case.locked', params: { pid: process.pid } });
    await lockOf({ ...present, pid: 4_194_305, host: `not-${hostname()}` });
    await expect(opened.lock()).rejects.toMatchObject({ code: 'case.locked', params: { pid: 4_194_305 } });
    expect((await opened.manifest()).parts).toEqual([]);
  });

  it('says when nothing can be written', async () => {
    const opened = await CaseFolder.create(join(folder, 'gone'), 'x');
    await rm(join(folder, 'gone'), { recursive: true });
    await expect(opened.lock()).rejects.toMatchObject({ code: 'case.unwritable' });
    await mkdir(join(folder, 'gone'));
    await (await opened.lock()).release();
  });
});

describe('a case made by somebody else', () => {
  const part = (path: string) => ({ table: 'events', path, rows: 1, bytes: 1, sha256: '' });

  it.each([
    '../../etc/passwd',
    'evidence/../../x.parquet',
    '/etc/x.parquet',
    'evidence/a.parquet\n',
    'case.json',
  ])('may not list %j as a part of it', async (path) => {
    const made = await CaseFolder.create(folder, 'x');
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ parts: [part(path)] }));
    await expect(made.manifest()).rejects.toMatchObject({ code: 'case.notACase' });
  });

  it('may not be of a newer version', async () => {
    await CaseFolder.create(folder, 'x');
    const file = join(folder, 'case.json');
    const info = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...info, schemaVersion: 99 }));
    await expect(CaseFolder.open(folder)).rejects.toMatchObject({ code: 'case.newer' });
  });
});
