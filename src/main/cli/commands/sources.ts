import { basename } from 'node:path';
import { proposeMap } from '../../ingest/propose-map';
import { sources } from '../../sources';
import { guessedText } from '../../sources/mapped/guess';
import { pathOf, text } from '../arguments';
import type { Command } from '../command';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'sources',
  summary: 'List the sources that are read, or propose a map for a file that none of them reads',
  usage: 'sources [--json]\n  sources --guess <file>',
  options: { guess: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ options, io }) => {
    const guess = text(options, 'guess');
    if (guess !== null) {
      const path = pathOf(io, guess);
      io.note(
        `Check the fields, then: coldtrail open <path> --case <dir> --source-map <this text as a file>`,
      );
      await io.print(guessedText(await proposeMap(path, basename(path))));
      return 0;
    }
    const rows = [...sources.values()].map(({ id, title, table, formats }) => ({
      id,
      title,
      table,
      formats,
    }));
    await io.print(
      options['json'] === true
        ? jsonLine(rows)
        : alignedTable(
            ['SOURCE', 'TABLE', 'TITLE'],
            rows.map((r) => [r.id, r.table, r.title]),
          ),
    );
    return 0;
  },
} satisfies Command;
