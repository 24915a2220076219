import type { Connection, Params } from './database';

/**
 * Runs the statements of a script one by one, so that cancelling takes effect between them, each with those parameters that
 * it names. A statement ends with a semicolon at the end of a line.
 */
export async function runScript(connection: Connection, script: string, params: Params = {}): Promise<void> {
  for (const statement of script.split(/;\s*\n/)) {
    const words = statement.replace(/--.*$/gm, '');
    if (words.trim() === '') continue;
    const named = Object.entries(params).filter(([name]) => new RegExp(`\\$${name}\\b`).test(words));
    await connection.run(statement, named.length > 0 ? Object.fromEntries(named) : undefined);
  }
}
