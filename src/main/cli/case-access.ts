import { AppError } from '../../shared/errors/app-error';
import { CaseFolder } from '../case/case-folder';
import type { Database } from '../db/database';
import { caseLog, type Log } from '../diagnostics/log';
import { openCaseDatabase } from '../evidence/views';
import { pathOf, required } from './arguments';
import type { CommandIo, OptionValues } from './command';

/** The case named by --case, open for reading, with its database; closed when `work` ends. */
export async function withCase<T>(
  options: OptionValues,
  io: CommandIo,
  work: (opened: { caseFolder: CaseFolder; database: Database }) => Promise<T>,
  needsAnalysis = true,
): Promise<T> {
  const path = pathOf(io, required(options, 'case'));
  const caseFolder = await CaseFolder.open(path);
  if (needsAnalysis && (await caseFolder.currentRun()) === null)
    throw new AppError('case.noAnalysis', { path });
  const database = await openCaseDatabase(caseFolder);
  const interrupt = () => database.main.interrupt();
  io.signal.addEventListener('abort', interrupt);
  try {
    return await work({ caseFolder, database });
  } finally {
    io.signal.removeEventListener('abort', interrupt);
    database.close();
  }
}

/** Changes the case named by --case under its write lock; `log` is the case's. Errors: `case.locked`, `case.unwritable`. */
export async function changeCase(
  options: OptionValues,
  io: CommandIo,
  change: (opened: { readonly caseFolder: CaseFolder; readonly log: Log }) => Promise<void>,
): Promise<void> {
  const caseFolder = await CaseFolder.open(pathOf(io, required(options, 'case')));
  const lock = await caseFolder.lock();
  try {
    await change({ caseFolder, log: caseLog(caseFolder.path, { process: 'command', level: io.logLevel }) });
  } finally {
    await lock.release();
  }
}
