import { describeTables } from '../evidence/tables';
import { runUserSql } from '../evidence/user-sql';
import type { QueryHandlers } from './handlers';

/** The SQL console: SELECT only, on an instance of its own. */
export const consoleQueries: QueryHandlers<'sql/run' | 'sql/schema'> = {
  'sql/run': async ({ caseFolder }, { text, limit }) => {
    const startedAt = performance.now();
    const { names, types, columns, rowCount } = await runUserSql(caseFolder, text, { limit });
    return {
      names: [...names],
      types: [...types],
      columns: columns.map((column) => [...column]),
      rowCount,
      milliseconds: Math.round(performance.now() - startedAt),
    };
  },
  'sql/schema': () =>
    Promise.resolve(
      describeTables().map(({ table, note, columns }) => ({
        table,
        note,
        columns: columns.map((c) => ({ ...c })),
      })),
    ),
};
