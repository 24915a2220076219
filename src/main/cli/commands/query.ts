import { AppError } from '../../../shared/errors/app-error';
import { CaseFolder } from '../../case/case-folder';
import { exportParquet, runUserSql } from '../../evidence/user-sql';
import { pathOf, required, text } from '../arguments';
import type { Command } from '../command';
import { alignedTable, csv, jsonLine, objects } from '../output';

export default {
  name: 'query',
  summary: 'Run one SELECT over the documented tables (docs/schema.md)',
  usage: 'query --case <dir> --sql "<SELECT>" [--json | --csv | --parquet <file>]',
  options: {
    case: { type: 'string' },
    sql: { type: 'string' },
    json: { type: 'boolean' },
    csv: { type: 'boolean' },
    parquet: { type: 'string' },
  },
  run: async ({ options, io }) => {
    const statement = required(options, 'sql');
    const parquet = text(options, 'parquet');
    const formats = [options['json'] === true, options['csv'] === true, parquet !== null].filter(
      Boolean,
    ).length;
    if (formats > 1) throw new AppError('usage', { detail: 'Choose one of --json, --csv and --parquet.' });
    const caseFolder = await CaseFolder.open(pathOf(io, required(options, 'case')));
    if (parquet !== null) {
      const rows = await exportParquet(caseFolder, statement, pathOf(io, parquet), io.signal);
      io.note(`${rows} rows written to ${pathOf(io, parquet)}`);
      return 0;
    }
    const result = await runUserSql(caseFolder, statement, { signal: io.signal });
    if (options['json'] === true) await io.print(jsonLine(objects(result)));
    else if (options['csv'] === true) await io.print(csv(result));
    else {
      const cells = objects(result).map((row) =>
        result.names.map((name) => {
          const value = row[name];
          return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
        }),
      );
      await io.print(alignedTable(result.names, cells));
    }
    return 0;
  },
} satisfies Command;
