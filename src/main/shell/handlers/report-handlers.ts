import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import type { Handlers } from '../../queries/handlers';
import { buildReport } from '../../report/build';
import { printReport } from '../../report/print-report';
import type { CurrentCase } from '../current-case';
import { printHtml } from '../print';

/**
 * Writing of reports. Only a file that the user chose in the save dialog is written, and never one of the originals.
 */
export function reportHandlers(current: CurrentCase, granted: ReadonlySet<string>): Handlers<'report/write'> {
  return {
    'report/write': ({ path, incidentId }) =>
      current.ask(async ({ connection, caseFolder }) => {
        const kind = extname(path).toLowerCase();
        if (!granted.has(path)) refuse('the file was not chosen in the save dialog');
        if (kind !== '.pdf' && kind !== '.json') refuse('its name must end in .pdf or .json');
        const { n } = await connection.row<{ n: number }>(
          'SELECT count(*) AS n FROM files WHERE path = $path',
          { path },
        );
        if (n > 0) refuse('this file is an original of the case');
        const now = new Date().toISOString();
        const model = await buildReport(connection, caseFolder, { incidentId, now });
        const { bytes, pages } =
          kind === '.json'
            ? { bytes: Buffer.from(`${JSON.stringify(model, null, 1)}\n`), pages: 0 }
            : await printReport(model, printHtml);
        await writeFile(path, bytes).catch((error: unknown) => {
          refuse(error instanceof Error ? error.message : String(error));
        });
        return { path, pages, bytes: bytes.length };
      }),
  };
}

function refuse(detail: string): never {
  throw new AppError('report.failed', { detail });
}
