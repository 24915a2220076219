import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import { type Columns, Database } from '../db/database';
import { assertSelect } from '../db/select-only';
import { quotedString } from '../db/sql';
import { openCaseDatabase } from './views';

interface UserSqlOptions {
  /** Rows to stop at; all when absent. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs a user's SELECT on an instance of its own that can read the case and nothing else. Errors: `sql.notSelect` for
 * any other statement, `sql.failed` with the engine's words, `job.cancelled`.
 */
export async function runUserSql(
  caseFolder: CaseFolder,
  text: string,
  options: UserSqlOptions = {},
): Promise<Columns> {
  const database = await openCaseDatabase(caseFolder);
  try {
    await assertSelect(database.main, text);
    return await database.main.columns(text, undefined, options);
  } catch (error) {
    throw sqlFailure(error);
  } finally {
    database.close();
  }
}

/**
 * Writes the result of a user's SELECT as Parquet. The SELECT itself runs on the locked instance; its rows go to the
 * file through a second instance that never sees the user's text. Gives the number of rows.
 */
export async function exportParquet(
  caseFolder: CaseFolder,
  text: string,
  file: string,
  signal?: AbortSignal,
): Promise<number> {
  const result = await runUserSql(caseFolder, text, signal ? { signal } : {});
  const writer = await Database.open();
  try {
    await writer.main.fill('result', result);
    await writer.main.run(`COPY result TO ${quotedString(file)} (FORMAT parquet, COMPRESSION zstd)`);
    return result.rowCount;
  } finally {
    writer.close();
  }
}

function sqlFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(
    'sql.failed',
    { detail: error instanceof Error ? error.message : String(error) },
    { cause: error },
  );
}
