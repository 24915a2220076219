import { writeFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import { REPORT_FORMATS } from '../../../shared/model/report';
import { outgoing } from '../../redaction/outgoing';
import { redactorOf } from '../../redaction/redactor';
import { buildReport } from '../../report/build';
import { formatOf, renderReport } from '../../report/render-report';
import { oneOf, pathOf, required, text, texts, time } from '../arguments';
import { withCase } from '../case-access';
import { noteAction } from '../note-action';
import { printWithElectron } from '../print-with-electron';
import type { Command } from '../command';
import { jsonLine } from '../output';
import { REPORT_USAGE, reportHead, reportOptions } from '../report-options';

export default {
  name: 'report',
  summary: 'Write the report of a case or of one incident as PDF, HTML or JSON',
  usage: `report --case <dir> [--incident <id>]... --out <file.pdf|.html|.json> [--format pdf|html|json] ${REPORT_USAGE} [--json]`,
  options: {
    case: { type: 'string' },
    incident: { type: 'string', multiple: true },
    out: { type: 'string' },
    format: { type: 'string' },
    json: { type: 'boolean' },
    ...reportOptions,
  },
  run: async ({ options, io }) => {
    const out = pathOf(io, required(options, 'out'));
    const format =
      text(options, 'format') === null ? formatOf(out) : oneOf(options, 'format', REPORT_FORMATS, 'pdf');
    if (format === null)
      throw new AppError('usage', {
        detail: '--out must end in .pdf, .html or .json, or --format be given.',
      });
    const incidents = texts(options, 'incident');
    const head = await reportHead(options, io);
    const now = time(options, 'written') ?? new Date().toISOString().replace('Z', '000Z');
    return withCase(options, io, async ({ caseFolder, database }) => {
      const model = await buildReport(database.main, caseFolder, {
        incidentIds: incidents.length === 0 ? null : incidents,
        now,
        head,
        outgoing: outgoing(
          head.redaction.length > 0 ? await redactorOf(database.main, caseFolder, head.redaction) : null,
        ),
      });
      const { bytes, pages } = await renderReport(model, format, printWithElectron(io));
      await writeFile(out, bytes).catch((error: unknown) => {
        throw new AppError('report.failed', {
          detail: error instanceof Error ? error.message : String(error),
        });
      });
      await noteAction(caseFolder, io, 'reported', {
        path: out,
        incident: incidents.join(',') || null,
        redacted: head.redaction.join(','),
      });
      io.note(`${out}: ${bytes.length} bytes, ${model.exhibits.length} exhibits`);
      if (options['json'] === true)
        await io.print(jsonLine({ path: out, bytes: bytes.length, pages, exhibits: model.exhibits.length }));
      return 0;
    });
  },
} satisfies Command;
