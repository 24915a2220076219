import { open, rename, rm } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import type { Redaction } from '../../shared/model/report';
import { outgoing as fitToLeave } from '../redaction/outgoing';
import { redactorOf } from '../redaction/redactor';
import type { ExportContext, ExportFormat } from './format';
import { csv } from './formats/csv';
import { exhibits } from './formats/exhibits';
import { graphml } from './formats/graphml';
import { ioc } from './formats/ioc';
import { json } from './formats/json';
import { misp } from './formats/misp';
import { navigator } from './formats/navigator';
import { ocsf } from './formats/ocsf';
import { parquet } from './formats/parquet';
import { stix } from './formats/stix';
import { svg } from './formats/svg';
import { timesketch } from './formats/timesketch';
import { recordPages } from './records';
import { loadSource } from './source';

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  json,
  csv,
  parquet,
  stix,
  navigator,
  timesketch,
  ocsf,
  graphml,
  misp,
  ioc,
  svg,
  exhibits,
];

interface ExportOptions {
  /** One incident, or null for all. */
  readonly incidentId: string | null;
  /** The time of writing, ISO with microseconds. */
  readonly now: string;
  /** What is replaced by pseudonyms. */
  readonly redact: readonly Redaction[];
}

/** What the formats write from; load it once to write several. Errors: `incident.unknown`. */
export async function exportContext(
  connection: Connection,
  caseFolder: CaseFolder,
  { incidentId, now, redact }: ExportOptions,
): Promise<ExportContext> {
  const outgoing = fitToLeave(redact.length > 0 ? await redactorOf(connection, caseFolder, redact) : null);
  const source = await loadSource(connection, caseFolder, { incidentId, now, outgoing });
  const incidents = source.incidents.map((i) => i.id);
  return {
    source,
    records: () => recordPages(connection, incidents, outgoing),
    connection,
    caseFolder,
    outgoing,
  };
}

/**
 * Writes one format beside the path and renames it when it is whole. Gives its size in bytes.
 * Errors: `export.failed`.
 */
export async function writeExport(
  context: ExportContext,
  format: ExportFormat,
  path: string,
): Promise<{ bytes: number }> {
  const beside = `${path}.${process.pid}.part`;
  try {
    if (typeof format.write === 'function') {
      const handle = await open(beside, 'w', 0o600);
      try {
        for await (const piece of format.write(context))
          await handle.writeFile(typeof piece === 'string' ? Buffer.from(piece) : piece);
      } finally {
        await handle.close();
      }
    } else {
      await format.write.toFile(context, beside);
    }
    const handle = await open(beside, 'r');
    const { size } = await handle.stat();
    await handle.close();
    await rename(beside, path);
    return { bytes: size };
  } catch (error) {
    await rm(beside, { force: true });
    if (error instanceof AppError) throw error;
    throw new AppError(
      'export.failed',
      { format: format.name, detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}
