import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CaseInfo } from '../../../shared/contract/case';
import { AppError } from '../../../shared/errors/app-error';
import { migrateCase } from '../../migration';
import type { Handlers } from '../../queries/handlers';
import type { CurrentCase } from '../current-case';
import type { Push } from '../ipc';
import { forgetJob, unfinishedJob } from '../job-file';
import type { Jobs } from '../jobs';
import type { RecentCases } from '../recent-cases';

export const BASELINE_DAYS = 14;

type CaseCall = 'case/recent' | 'case/current' | 'case/open' | 'case/close' | 'bundle/open' | 'bundle/sample';

interface CaseServices {
  readonly current: CurrentCase;
  readonly recent: RecentCases;
  readonly jobs: Jobs;
  readonly push: Push;
  /** Where new cases are put when the user names no folder. */
  readonly casesFolder: string;
  /** Asks whether an older case may be changed. */
  readonly confirmMigration: (older: AppError) => Promise<boolean>;
  readonly clock: () => Date;
}

/** Opening, closing and filling of cases. */
export function caseHandlers(services: CaseServices): Handlers<CaseCall> {
  const { current, recent, jobs, push } = services;

  const entered = async (info: CaseInfo): Promise<CaseInfo> => {
    await recent.add(info.path, info.name);
    push('case/changed', { path: info.path });
    return info;
  };
  /** Opens a case; an older one is migrated when the analyst wants it, and then analysed again. */
  const openCase = async (path: string): Promise<{ info: CaseInfo; migrated: boolean }> => {
    try {
      return { info: await current.open(path), migrated: false };
    } catch (error) {
      if (
        !(error instanceof AppError) ||
        error.code !== 'case.older' ||
        !(await services.confirmMigration(error))
      )
        throw error;
      await current.close();
      await migrateCase(path);
      return { info: await current.open(path), migrated: true };
    }
  };
  const newCase = (name: string): Promise<CaseInfo> =>
    current.create(join(services.casesFolder, `${fileName(name)} ${stamp(services.clock())}`), name);

  return {
    'case/recent': () => Promise.resolve(recent.list()),
    'case/current': () => current.info(),
    'case/open': async ({ path }) => {
      jobs.assertIdle();
      const { info: opened, migrated } = await openCase(path);
      // A case from somebody else may name paths of this machine in its unfinished job: only one that was begun here goes on.
      const isOurs = recent.has(path);
      const info = await entered(opened);
      if (info.writable && !isOurs) await forgetJob(path);
      const left = info.writable ? unfinishedJob(path) : null;
      if (left !== null) await jobs.start(left);
      else if (migrated) await jobs.start({ kind: 'analyse', caseDir: path, baselineDays: BASELINE_DAYS });
      return info;
    },
    'case/close': async () => {
      jobs.assertIdle();
      await current.close();
      push('case/changed', { path: null });
      return null;
    },
    'bundle/open': async ({ paths, caseDir }) => {
      jobs.assertIdle();
      for (const path of paths) await assertExists(path);
      const name = bundleName(paths);
      const info = await entered(
        caseDir === null
          ? await newCase(name)
          : (await isCase(caseDir))
            ? (await openCase(caseDir)).info
            : await current.create(caseDir, name),
      );
      const job = { kind: 'open-bundle', caseDir: current.writableFolder().path, paths } as const;
      return { jobId: await jobs.start({ ...job, baselineDays: BASELINE_DAYS }), case: info };
    },
    'bundle/sample': async () => {
      jobs.assertIdle();
      const info = await entered(await newCase('Sample'));
      const out = join(services.casesFolder, 'sample-bundle');
      const job = { kind: 'sample', caseDir: info.path, out, baselineDays: BASELINE_DAYS } as const;
      return { jobId: await jobs.start(job) };
    },
  };
}

/** Errors: `path.missing`. */
export async function assertExists(path: string): Promise<void> {
  await stat(path).catch(() => {
    throw new AppError('path.missing', { path });
  });
}

function isCase(caseDir: string): Promise<boolean> {
  return stat(join(caseDir, 'case.json')).then(
    () => true,
    () => false,
  );
}

function bundleName(paths: readonly string[]): string {
  const [first] = paths;
  if (first === undefined) throw new AppError('usage', { detail: 'No file or folder was given.' });
  const name = basename(first).replace(/\.(zip|tar|gz|tgz|json|jsonl|log)+$/i, '');
  return paths.length > 1 ? `${name} and ${paths.length - 1} more` : name || 'Bundle';
}

/** A name that every file system takes. */
function fileName(name: string): string {
  return (
    name
      .replace(/[<>:"/\\|?*\u0000-\u001f]/g, '-')
      .slice(0, 60)
      .trim() || 'Case'
  );
}

function stamp(now: Date): string {
  return now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '');
}
