import { AppError } from '../../shared/errors/app-error';
import { buildBaselines } from '../baselines';
import type { AnalysisContext } from '../case/analysis-context';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { buildCoverage } from '../coverage';
import { runDetections } from '../detections';
import { NO_LOG, residentMb, type Log } from '../diagnostics/log';
import { buildEntities } from '../entities';
import { derivedTables } from '../evidence/tables';
import { attachAnnotations, attachEvidence, createDerivedTables } from '../evidence/views';
import { groupFindings } from '../grouping';
import { sweepIndicators } from '../indicators';
import { checkIntegrity } from '../integrity';
import { buildIncidents } from '../investigation';
import { buildLineage } from '../lineage';
import type { OnProgress } from './progress';
import { publishRun } from './publish-run';
import { withScratch } from './scratch';

/** The method, in its order; the weights are the steps' usual shares of the time. */
const STEPS: readonly {
  name: string;
  weight: number;
  run: (context: AnalysisContext, caseFolder: CaseFolder) => Promise<void>;
}[] = [
  { name: 'Entities and activity', weight: 30, run: buildEntities },
  { name: 'Digest files', weight: 2, run: checkIntegrity },
  { name: 'Coverage ledger', weight: 3, run: buildCoverage },
  { name: 'Imported indicators', weight: 1, run: sweepIndicators },
  { name: 'Detections', weight: 30, run: (context) => runDetections(context) },
  { name: 'Baselines', weight: 15, run: buildBaselines },
  { name: 'Credential lineage', weight: 10, run: buildLineage },
  { name: 'Grouping findings', weight: 5, run: groupFindings },
  { name: 'Incidents and answers', weight: 10, run: buildIncidents },
];

export interface AnalyseOptions {
  readonly caseFolder: CaseFolder;
  /** Days of history a value must be absent from to be called new: 1 to 365. */
  readonly baselineDays: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  /** Waited for between steps, and in an import between files: a job that is paused goes on when it ends. */
  readonly whilePaused?: () => Promise<void>;
  readonly memoryLimitMb?: number;
  /** Hears of every step and of what went wrong. */
  readonly log?: Log;
}

/**
 * Runs every step of the method over the evidence of a case and publishes the result as a new run. A run is a pure
 * function of evidence, rules and settings. When it fails or is cancelled, the previous run stays current.
 * Errors: `job.cancelled`, `disk.full`, `disk.failing`, `case.unwritable`.
 */
export async function analyseCase(options: AnalyseOptions): Promise<void> {
  const { caseFolder, log = NO_LOG } = options;
  log.info('analysis.started', { baselineDays: options.baselineDays });
  await withScratch({ ...options, inFile: true }, async (connection) => {
    await attachEvidence(connection, caseFolder);
    await createDerivedTables(connection);
    await attachAnnotations(connection, caseFolder);
    await runSteps(connection, options);
    await publishRun(connection, caseFolder, derivedTables());
  });
  log.info('analysis.finished');
}

async function runSteps(connection: Connection, options: AnalyseOptions): Promise<void> {
  const total = STEPS.reduce((sum, step) => sum + step.weight, 0);
  let done = 0;
  for (const step of STEPS) {
    await options.whilePaused?.();
    if (options.signal?.aborted) throw new AppError('job.cancelled');
    const before = done;
    const report = (words: string, share: number) =>
      options.onProgress?.({ phase: 'analyse', step: words, share: (before + step.weight * share) / total });
    report(step.name, 0);
    const begun = performance.now();
    const spent = process.cpuUsage();
    const context: AnalysisContext = {
      connection,
      baselineDays: options.baselineDays,
      casePath: options.caseFolder.path,
      progress: report,
      ...(options.signal ? { signal: options.signal } : {}),
    };
    await step.run(context, options.caseFolder);
    done += step.weight;
    const { user, system } = process.cpuUsage(spent);
    options.log?.info('analysis.step', {
      step: step.name,
      ms: Math.round(performance.now() - begun),
      cpuMs: Math.round((user + system) / 1000),
      rssMb: residentMb(),
    });
  }
}
