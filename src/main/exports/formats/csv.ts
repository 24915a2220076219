import { csvLine } from '../../../shared/text/csv';
import type { ExportFormat } from '../format';
import { RECORD_COLUMNS } from '../records';

/** One row a record; lists are joined by `; `. Cells that a spreadsheet would run get an apostrophe. */
export const csv: ExportFormat = {
  name: 'csv',
  extension: '.csv',
  summary: 'one row a record of the incidents, safe to open in a spreadsheet',
  write: async function* ({ records }) {
    yield `${csvLine(RECORD_COLUMNS)}\r\n`;
    for await (const page of records()) {
      const lines = page.map((row) =>
        csvLine(
          RECORD_COLUMNS.map((name) => {
            const value = row[name];
            return typeof value === 'object' && value !== null ? value.join('; ') : value;
          }),
        ),
      );
      yield `${lines.join('\r\n')}\r\n`;
    }
  },
};
