import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetJob, noteJob, unfinishedJob } from '../../../src/main/shell/job-file';
import { RecentCases } from '../../../src/main/shell/recent-cases';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-shell-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the note of a job under way', () => {
  const job = { kind: 'open-bundle', caseDir: '/elsewhere', paths: ['/bundle'], baselineDays: 14 } as const;

  it('lets the next application go on where the case lies now', async () => {
    await noteJob(folder, { ...job, paths: [...job.paths] });
    expect(unfinishedJob(folder)).toEqual({ ...job, caseDir: folder });
  });

  it('gives up on a job that ended the application twice', async () => {
    const spec = { ...job, paths: [...job.paths] };
    await noteJob(folder, spec);
    await noteJob(folder, spec);
    expect(unfinishedJob(folder)).toBeNull();
  });

  it('is gone with the job, and nothing else is taken for one', async () => {
    await noteJob(folder, { ...job, paths: [...job.paths] });
    await forgetJob(folder);
    expect(unfinishedJob(folder)).toBeNull();
    await writeFile(join(folder, 'job.json'), '{"job":{"kind":"format-disk"}}');
    expect(unfinishedJob(folder)).toBeNull();
  });
});

describe('recent cases', () => {
  it('are kept latest first, each once, and say which are gone', async () => {
    const file = join(folder, 'recent.json');
    let minute = 0;
    const clock = () => `2024-01-01T00:0${minute++}:00.000Z`;
    const recent = new RecentCases(file, clock);
    await recent.add('/one', 'One');
    await recent.add('/two', 'Two');
    await recent.add('/one', 'One');
    expect(new RecentCases(file).list()).toEqual([
      { path: '/one', name: 'One', openedAt: '2024-01-01T00:02:00.000Z', missing: true },
      { path: '/two', name: 'Two', openedAt: '2024-01-01T00:01:00.000Z', missing: true },
    ]);
  });

  it('start empty when the file is damaged', async () => {
    const file = join(folder, 'recent.json');
    await writeFile(file, '[{"path": 7');
    expect(new RecentCases(file).list()).toEqual([]);
  });
});
