import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import { type Columns, Database } from '../db/database';
import { assertSelect } from '../db/select-only';
import { quotedIdentifier, quotedString } from '../db/sql';
import { isSecretName, maskSecrets, maskWhole, SECRET_HINT } from '../../shared/text/mask-secrets';
import { openCaseDatabase, type Shown } from './views';

interface UserSqlOptions {
  /** Rows to stop at; all when absent. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Columns of text in which addresses, lines and messages may carry a secret. */
const TEXTS = new Set(
  'request_uri request_url request referer uri uri_query args error_message response_message user_agent sample detail'.split(
    ' ',
  ),
);

/** The views of the console mask secrets where they lie, so that no SELECT can take one out of the text around it. */
const maskedColumn: Shown = ({ name, type }) => {
  const column = quotedIdentifier(name);
  if (isSecretName(name)) return `mask_secret(${column})`;
  if (type === 'JSON')
    return `CASE WHEN regexp_matches(CAST(${column} AS VARCHAR), ${quotedString(SECRET_HINT)}) THEN CAST(mask_secrets(CAST(${column} AS VARCHAR)) AS JSON) ELSE ${column} END`;
  return TEXTS.has(name)
    ? `CASE WHEN regexp_matches(${column}, ${quotedString(SECRET_HINT)}) THEN mask_secrets(${column}) ELSE ${column} END`
    : column;
};

/**
 * Runs a user's SELECT on an instance of its own that can read the case and nothing else, with secrets masked. Errors: `sql.notSelect` for
 * any other statement, `sql.failed` with the engine's words, `job.cancelled`.
 */
export async function runUserSql(
  caseFolder: CaseFolder,
  text: string,
  options: UserSqlOptions = {},
): Promise<Columns> {
  const database = await openCaseDatabase(caseFolder, {
    shown: maskedColumn,
    functions: { mask_secrets: maskSecrets, mask_secret: maskWhole },
  });
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
