import { lakeScript, lakeSql } from '../../lake';
import { DIALECTS } from '../../lake/dialect';
import { oneOf, text } from '../arguments';
import type { Command } from '../command';
import { jsonLine } from '../output';

export default {
  name: 'sql',
  summary: 'Print the portable part of the analysis as SQL for a larger engine',
  usage: `sql --dialect ${DIALECTS.join('|')} [--location <uri of the lake>] [--json]`,
  options: { dialect: { type: 'string' }, location: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ options, io }) => {
    const sql = lakeSql(
      oneOf(options, 'dialect', DIALECTS, 'duckdb'),
      text(options, 'location') ?? 's3://lake',
    );
    await io.print(options['json'] === true ? jsonLine(sql) : lakeScript(sql));
    return 0;
  },
} satisfies Command;
