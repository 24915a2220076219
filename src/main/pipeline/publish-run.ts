import { existsSync } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { quotedIdentifier, quotedString } from '../db/sql';
import { derivedTables } from '../evidence/tables';

/**
 * Writes the tables named as made beside the old run, takes over the others from it, and switches the pointer when all are
 * complete.
 */
export async function publishRun(
  connection: Connection,
  caseFolder: CaseFolder,
  made: readonly string[],
): Promise<void> {
  const before = await caseFolder.currentRun();
  const run = await caseFolder.startRun();
  for (const table of derivedTables()) {
    const target = join(run.path, `${table}.parquet`);
    const old = before === null || made.includes(table) ? null : join(before, `${table}.parquet`);
    // A run of an earlier build lacks tables that are views here until they are written.
    if (old !== null && existsSync(old)) await takeOver(old, target);
    else
      await connection.run(
        `COPY (FROM ${quotedIdentifier(table)}) TO ${quotedString(target)} (FORMAT parquet, COMPRESSION zstd)`,
      );
  }
  await caseFolder.finishRun(run);
}

/** A second name for the same bytes, which are never written again; a copy where the file system has no such names. */
async function takeOver(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
