import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import { buildReport } from '../../report/build';
import { printReport } from '../../report/print-report';
import { pathOf, required, text } from '../arguments';
import { withCase } from '../case-access';
import { printWithElectron } from '../print-with-electron';
import type { Command } from '../command';
import { jsonLine } from '../output';

export default {
  name: 'report',
  summary: 'Write the report of a case or of one incident as PDF or JSON',
  usage: 'report --case <dir> [--incident <id>] --out <file.pdf|.json>',
  options: {
    case: { type: 'string' },
    incident: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    const out = pathOf(io, required(options, 'out'));
    const kind = extname(out).toLowerCase();
    if (kind !== '.pdf' && kind !== '.json')
      throw new AppError('usage', { detail: '--out must end in .pdf or .json.' });
    return withCase(options, io, async ({ caseFolder, database }) => {
      const model = await buildReport(database.main, caseFolder, {
        incidentId: text(options, 'incident'),
        now: new Date().toISOString(),
      });
      const bytes =
        kind === '.json'
          ? Buffer.from(`${JSON.stringify(model, null, 1)}\n`)
          : (await printReport(model, printWithElectron)).bytes;
      await writeFile(out, bytes).catch((error: unknown) => {
        throw new AppError('report.failed', {
          detail: error instanceof Error ? error.message : String(error),
        });
      });
      io.note(`${out}: ${bytes.length} bytes, ${model.exhibits.length} exhibits`);
      if (options['json'] === true)
        await io.print(jsonLine({ path: out, bytes: bytes.length, exhibits: model.exhibits.length }));
      return 0;
    });
  },
} satisfies Command;
