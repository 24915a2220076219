import { StatementType } from '@duckdb/node-api';
import { AppError } from '../../shared/errors/app-error';
import type { Connection } from './database';

/**
 * Refuses every text that is not one single SELECT (or EXPLAIN of one), by the parsed statement's own type: a text
 * filter can be fooled, the parser cannot. Errors: `sql.notSelect` for other statements, `sql.failed` for bad SQL.
 */
export async function assertSelect(connection: Connection, text: string): Promise<void> {
  const explained = /^\s*EXPLAIN\s+(?:ANALYZE\s+)?/i.exec(text);
  if (explained) return assertSelect(connection, text.slice(explained[0].length));
  // The parser rewrites PRAGMA, SHOW and CALL to SELECT before it tells their type, so the first word is judged too.
  const word = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(\w+)/.exec(text)?.[1] ?? '';
  if (!/^(SELECT|WITH|FROM|VALUES|DESCRIBE|SUMMARIZE)$/i.test(word)) {
    throw new AppError('sql.notSelect', { detail: `it begins with ${word || 'no word'}` });
  }
  let type: StatementType;
  try {
    const statements = await connection.native.extractStatements(text);
    if (statements.count !== 1) {
      throw new AppError('sql.notSelect', { detail: `the text holds ${statements.count} statements` });
    }
    const prepared = await statements.prepare(0);
    type = prepared.statementType;
    prepared.destroySync();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'sql.failed',
      { detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
  if (type !== StatementType.SELECT) {
    throw new AppError('sql.notSelect', {
      detail: `this is ${StatementType[type] ?? 'another kind of'} statement`,
    });
  }
}
