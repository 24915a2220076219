import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../db/database';
import { quotedString } from '../../db/sql';

/** Memory for reading one Parquet file. */
const MEMORY_LIMIT_MB = 512;

export function isParquet(bytes: Buffer): boolean {
  return bytes.length >= 12 && bytes.toString('latin1', 0, 4) === 'PAR1';
}

/** SQL for the rows of a Parquet file as `t`, with `file_row_number` counted from 0. */
export function parquetRows(path: string): string {
  return `read_parquet(${quotedString(path)}, file_row_number = true, hive_partitioning = false)`;
}

/** Row number `wanted` (1-based) of stored Parquet bytes as JSON text; null when there is none. */
export async function parquetRow(stored: Buffer, wanted: number): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-row-'));
  const path = join(folder, 'original.parquet');
  try {
    await writeFile(path, stored, { mode: 0o600 });
    const database = await Database.open({ threads: 1, memoryLimitMb: MEMORY_LIMIT_MB });
    try {
      const [row] = await database.main.rows<{ text: string }>(
        `SELECT CAST(to_json(t) AS VARCHAR) AS text FROM (SELECT * EXCLUDE (file_row_number) FROM ${parquetRows(path)} WHERE file_row_number = $row) t`,
        { row: wanted - 1 },
      );
      return row?.text ?? null;
    } finally {
      database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
