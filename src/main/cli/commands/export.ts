import { AppError } from '../../../shared/errors/app-error';
import { EXPORT_FORMATS, exportContext, writeExport } from '../../exports/export-case';
import { pathOf, required, text, time } from '../arguments';
import { withCase } from '../case-access';
import type { Command } from '../command';
import { noteAction } from '../note-action';
import { alignedTable, jsonLine } from '../output';
import { redactionOf } from '../report-options';

const NAMES = EXPORT_FORMATS.map((f) => f.name);

export default {
  name: 'export',
  summary: 'Write a case or one incident for another tool',
  usage: `export --case <dir> --format ${NAMES.join('|')} --out <file> [--incident <id>] [--redact | --redact-only accounts,names,...] [--written <time>] [--json]    export --list`,
  options: {
    case: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    incident: { type: 'string' },
    redact: { type: 'boolean' },
    'redact-only': { type: 'string' },
    written: { type: 'string' },
    list: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    if (options['list'] === true) {
      const formats = EXPORT_FORMATS.map(({ name, extension, summary }) => ({ name, extension, summary }));
      const rows = formats.map((f) => [f.name, f.extension, f.summary]);
      await io.print(
        options['json'] === true ? jsonLine(formats) : alignedTable(['FORMAT', 'FILE', 'FOR'], rows),
      );
      return 0;
    }
    const wanted = required(options, 'format');
    const format = EXPORT_FORMATS.find((f) => f.name === wanted);
    if (!format)
      throw new AppError('usage', { detail: `--format must be one of ${NAMES.join(', ')}, not ${wanted}.` });
    const path = pathOf(io, required(options, 'out'));
    const now = time(options, 'written') ?? new Date().toISOString().replace('Z', '000Z');
    const redact = redactionOf(options);
    return withCase(options, io, async ({ caseFolder, database }) => {
      const context = await exportContext(database.main, caseFolder, {
        incidentId: text(options, 'incident'),
        now,
        redact,
      });
      const { bytes } = await writeExport(context, format, path);
      await noteAction(caseFolder, io, 'exported', {
        path,
        format: format.name,
        redacted: redact.join(','),
      });
      io.note(`${path}: ${bytes} bytes`);
      if (options['json'] === true) await io.print(jsonLine({ path, format: format.name, bytes }));
      return 0;
    });
  },
} satisfies Command;
