import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../db/database';
import { quotedString } from '../../db/sql';
import type { ExportContext, ExportFormat } from '../format';
import { RECORD_COLUMNS } from '../records';

const TYPES: Readonly<Partial<Record<(typeof RECORD_COLUMNS)[number], string>>> = {
  event_time: 'TIMESTAMP',
  record_no: 'INTEGER',
  findings: 'VARCHAR[]',
  tactics: 'VARCHAR[]',
  techniques: 'VARCHAR[]',
};

/** The rows of the CSV with their own types: times as timestamps, lists as lists. */
export const parquet: ExportFormat = {
  name: 'parquet',
  extension: '.parquet',
  summary: 'the same rows, typed, for DuckDB, Spark, Athena',
  write: { toFile: writeParquet },
};

/** Through lines of JSON on the disk: the locked database of the case can write nothing. */
async function writeParquet({ records }: ExportContext, path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-export-'));
  const writer = await Database.open();
  try {
    const lines = join(folder, 'records.jsonl');
    const handle = await open(lines, 'w', 0o600);
    for await (const page of records())
      await handle.write(page.map((row) => `${JSON.stringify(row)}\n`).join(''));
    await handle.close();
    const columns = RECORD_COLUMNS.map((name) => `${name}: '${TYPES[name] ?? 'VARCHAR'}'`).join(', ');
    await writer.main.run(
      `COPY (FROM read_json(${quotedString(lines)}, format = 'newline_delimited', columns = {${columns}}))
       TO ${quotedString(path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    writer.close();
    await rm(folder, { recursive: true, force: true });
  }
}
