import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CaseFolder } from '../case/case-folder';
import { derivedTableDocs, evidenceTables, type TableDoc } from '../evidence/tables';
import { visibleRows } from '../evidence/views';

/** A table of the lake: where its files lie below it, and which rows its plain name shows. */
export interface LakeTable {
  readonly doc: TableDoc;
  /** Folder below the lake; also the name of the table with all rows. */
  readonly folder: string;
  /** Condition of the view by the plain name, or null where the table is its own. */
  readonly visible: string | null;
}

/** Columns that only DuckDB can read: hashes as unsigned 64-bit numbers, which nothing but the import asks for. */
const OWN = new Set(['UBIGINT']);

export const lakeTables: readonly LakeTable[] = [...evidenceTables, ...derivedTableDocs].map((doc) => {
  const visible = visibleRows(doc);
  return { doc, folder: visible === null ? doc.table : `${doc.table}_all`, visible };
});

/** The columns of a table that every engine reads. */
export function lakeColumns({ doc }: LakeTable): TableDoc['columns'] {
  return doc.columns.filter(({ type }) => !OWN.has(type));
}

/**
 * Puts the evidence and the current analysis of a case into a lake, `<table>/case_id=<id>/<part>.parquet`, by links where
 * the file system has them. What the lake held of the case before is replaced. Gives the number of files.
 */
export async function writeLake(caseFolder: CaseFolder, out: string): Promise<number> {
  const { parts } = await caseFolder.manifest();
  const run = await caseFolder.currentRun();
  let files = 0;
  for (const { doc, folder } of lakeTables) {
    const target = join(out, folder, `case_id=${caseFolder.info.id}`);
    await rm(target, { recursive: true, force: true });
    const evidence = parts
      .filter(({ table }) => table === doc.table)
      .map(({ path }) => join(caseFolder.path, path));
    const derived = run !== null && derivedTableDocs.includes(doc) ? [join(run, `${doc.table}.parquet`)] : [];
    for (const file of [...evidence, ...derived]) {
      await place(file, join(target, basename(file)));
      files += 1;
    }
  }
  return files;
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  // Parts never change after they are listed, so a link is as good as a copy.
  await link(from, to).catch(() => copyFile(from, to));
}
