import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { CurrentCase } from '../../../src/main/shell/current-case';
import { caseHandlers } from '../../../src/main/shell/handlers/case-handlers';
import { noteJob } from '../../../src/main/shell/job-file';
import type { Jobs } from '../../../src/main/shell/jobs';
import { RecentCases } from '../../../src/main/shell/recent-cases';

let folder = '';
let path = '';
const current = new CurrentCase();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-handlers-'));
  path = join(folder, 'case');
  await CaseFolder.create(path, 'x');
});
afterEach(async () => {
  await current.close();
  await rm(folder, { recursive: true, force: true });
});

function opened() {
  const start = vi.fn(() => Promise.resolve('job'));
  const recent = new RecentCases(join(folder, 'recent.json'));
  const handlers = caseHandlers({
    current,
    recent,
    jobs: { assertIdle: () => undefined, start } as unknown as Jobs,
    push: () => undefined,
    casesFolder: folder,
    clock: () => new Date(0),
    confirmMigration: () => Promise.resolve(false),
  });
  return { start, recent, open: () => handlers['case/open']({ path }) };
}
const job = () => noteJob(path, { kind: 'open-bundle', caseDir: path, paths: ['/etc'], baselineDays: 14 });

it('goes on with the import of a case that was opened here before', async () => {
  const { start, recent, open } = opened();
  await recent.add(path, 'x');
  await job();
  await open();
  expect(start).toHaveBeenCalledWith(expect.objectContaining({ kind: 'open-bundle', paths: ['/etc'] }));
});

it('imports no paths that a case from somebody else names, now or at the next opening', async () => {
  const { start, open } = opened();
  await job();
  await open();
  await open();
  expect(start).not.toHaveBeenCalled();
  expect(existsSync(join(path, 'job.json'))).toBe(false);
});
