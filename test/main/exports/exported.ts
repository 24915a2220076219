import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REDACTIONS } from '../../../src/shared/model/report';
import { EXPORT_FORMATS, exportContext, writeExport } from '../../../src/main/exports/export-case';
import type { SampleCase } from '../queries/sample-case';

export const NOW = '2026-01-02T03:04:05.678901Z';

/** One format of the sample case as bytes. */
export async function exported(sample: SampleCase, name: string, redact = false): Promise<Buffer> {
  const format = EXPORT_FORMATS.find((f) => f.name === name);
  if (!format) throw new Error(`there is no format ${name}`);
  const path = join(sample.folder, `export${format.extension}`);
  await sample.database.ask(async ({ connection, caseFolder }) => {
    const context = await exportContext(connection, caseFolder, {
      incidentId: null,
      now: NOW,
      redact: redact ? REDACTIONS : [],
    });
    await writeExport(context, format, path);
  });
  return readFile(path);
}
