import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import { machineFailure } from '../case/machine-failure';
import { Database, type Connection } from '../db/database';
import { failureFields, NO_LOG, type Log } from '../diagnostics/log';

/** What the engine may hold before it spills; the process takes up to a third more. */
const MEMORY_MB = 3000;

export interface ScratchOptions {
  readonly caseFolder: CaseFolder;
  readonly signal?: AbortSignal;
  readonly memoryLimitMb?: number;
  readonly log?: Log;
  /** Keep tables in a file below `tmp/`, a tenth of their size in memory, of which only what is being read is held. */
  readonly inFile?: boolean;
}

/**
 * Works on a database of its own with `tmp/` of the case as its folder, which is gone afterwards. The signal interrupts the
 * statement that runs. Errors: `job.cancelled`, `disk.full`, `disk.failing`, `case.unwritable`; they are logged.
 */
export async function withScratch(
  { caseFolder, signal, memoryLimitMb = MEMORY_MB, log = NO_LOG, inFile = false }: ScratchOptions,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const temporary = join(caseFolder.path, 'tmp');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const database = await Database.open({
    tempDirectory: temporary,
    memoryLimitMb,
    ...(inFile ? { path: join(temporary, 'analysis.duckdb') } : {}),
  });
  const interrupt = () => database.main.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    await work(database.main);
  } catch (error) {
    const failure = signal?.aborted
      ? new AppError('job.cancelled', {}, { cause: error })
      : machineFailure(error, caseFolder.path);
    log.error('analysis.failed', failureFields(failure));
    throw failure;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    database.close();
    await rm(temporary, { recursive: true, force: true });
  }
}
