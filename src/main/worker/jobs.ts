import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { composeSample } from '../../sample/index';
import { AppError } from '../../shared/errors/app-error';
import type { LogLevel } from '../../shared/model/log-level';
import { CaseFolder } from '../case/case-folder';
import { caseLog } from '../diagnostics/log';
import { analyseCase } from '../pipeline/analyse-case';
import { openBundle } from '../pipeline/open-bundle';
import { removeEvidence } from '../pipeline/remove-evidence';
import type { OnProgress } from '../pipeline/progress';
import { regroupCase } from '../pipeline/regroup-case';
import type { JobSpec } from './messages';

/** Size of the sample the window offers: large enough to look real, composed and read within a minute. */
const SAMPLE = { seed: 1, events: 60_000, flows: 200_000 };

export interface JobEffects {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  readonly logLevel: LogLevel;
  /** Ends when the job is not paused. */
  readonly whilePaused: () => Promise<void>;
}

/** Runs one job to its end. The caller's process holds the write lock of the case. Errors: those of the pipeline. */
export async function runJob(
  job: JobSpec,
  { onProgress, signal, logLevel, whilePaused }: JobEffects,
): Promise<void> {
  const caseFolder = await CaseFolder.open(job.caseDir);
  const log = caseLog(job.caseDir, { process: 'worker', level: logLevel });
  const common = { caseFolder, onProgress, signal, log, whilePaused };
  switch (job.kind) {
    case 'open-bundle':
      await openBundle({ ...common, baselineDays: job.baselineDays, paths: job.paths });
      return;
    case 'remove':
      await removeEvidence({ ...common, baselineDays: job.baselineDays, fileIds: job.fileIds });
      return;
    case 'analyse':
      await analyseCase({ ...common, baselineDays: job.baselineDays });
      return;
    case 'regroup':
      await regroupCase(common);
      return;
    case 'sample': {
      const paths = [await sampleBundle(job.out, onProgress, signal)];
      await openBundle({ ...common, baselineDays: job.baselineDays, paths });
      return;
    }
  }
}

/** Composes the sample once; the truth file is written last, so a bundle beside one is whole. */
async function sampleBundle(out: string, onProgress: OnProgress, signal: AbortSignal): Promise<string> {
  const bundle = join(out, 'bundle');
  if (existsSync(join(out, 'truth.json')) && existsSync(bundle)) return bundle;
  const step = 'Composing the sample';
  onProgress({ phase: 'sample', step, share: 0 });
  await composeSample({
    ...SAMPLE,
    out,
    signal,
    progress: ({ share, events, flows }) =>
      onProgress({ phase: 'sample', step, share, records: events + flows }),
  });
  if (signal.aborted) throw new AppError('job.cancelled');
  return bundle;
}
