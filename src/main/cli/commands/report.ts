import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import { outgoing } from '../../redaction/outgoing';
import { redactorOf } from '../../redaction/redactor';
import { buildReport } from '../../report/build';
import { printReport } from '../../report/print-report';
import { pathOf, required, text, time } from '../arguments';
import { withCase } from '../case-access';
import { noteAction } from '../note-action';
import { printWithElectron } from '../print-with-electron';
import type { Command } from '../command';
import { jsonLine } from '../output';
import { REPORT_USAGE, reportHead, reportOptions } from '../report-options';

export default {
  name: 'report',
  summary: 'Write the report of a case or of one incident as PDF or JSON',
  usage: `report --case <dir> [--incident <id>] --out <file.pdf|.json> ${REPORT_USAGE} [--json]`,
  options: {
    case: { type: 'string' },
    incident: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
    ...reportOptions,
  },
  run: async ({ options, io }) => {
    const out = pathOf(io, required(options, 'out'));
    const kind = extname(out).toLowerCase();
    if (kind !== '.pdf' && kind !== '.json')
      throw new AppError('usage', { detail: '--out must end in .pdf or .json.' });
    const head = await reportHead(options, io);
    const now = time(options, 'written') ?? new Date().toISOString().replace('Z', '000Z');
    return withCase(options, io, async ({ caseFolder, database }) => {
      const model = await buildReport(database.main, caseFolder, {
        incidentId: text(options, 'incident'),
        now,
        head,
        outgoing: outgoing(head.redacted ? await redactorOf(database.main, caseFolder) : null),
      });
      const { bytes, pages } =
        kind === '.json'
          ? { bytes: Buffer.from(`${JSON.stringify(model, null, 1)}\n`), pages: 0 }
          : await printReport(model, printWithElectron(io));
      await writeFile(out, bytes).catch((error: unknown) => {
        throw new AppError('report.failed', {
          detail: error instanceof Error ? error.message : String(error),
        });
      });
      await noteAction(caseFolder, io, 'reported', {
        path: out,
        incident: text(options, 'incident'),
        redacted: head.redacted ?? false,
      });
      io.note(`${out}: ${bytes.length} bytes, ${model.exhibits.length} exhibits`);
      if (options['json'] === true)
        await io.print(jsonLine({ path: out, bytes: bytes.length, pages, exhibits: model.exhibits.length }));
      return 0;
    });
  },
} satisfies Command;
