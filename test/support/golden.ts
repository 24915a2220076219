import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CaseFolder } from '../../src/main/case/case-folder';
import type { Database } from '../../src/main/db/database';
import { readOriginal } from '../../src/main/evidence/original';
import { evidenceTables } from '../../src/main/evidence/tables';
import { openCaseDatabase, visibleRows } from '../../src/main/evidence/views';
import { ingest } from '../../src/main/ingest/ingest';
import { addSourceMaps } from '../../src/main/ingest/source-maps';

/** Where a case of a source keeps what its input must become. */
const EXPECTED = 'expected.json';

interface Imported {
  readonly caseFolder: CaseFolder;
  readonly database: Database;
  remove(): Promise<void>;
}

/** Imports files into a case of their own. */
export async function importFiles(
  paths: readonly string[],
  sourceMaps: readonly string[] = [],
): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-import-'));
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
  if (sourceMaps.length > 0) await addSourceMaps(caseFolder, sourceMaps);
  await ingest(caseFolder, paths, { threads: 1 });
  const database = await openCaseDatabase(caseFolder, { threads: 1 });
  return {
    caseFolder,
    database,
    remove: async () => {
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every row of every evidence table, without what is empty and what names the run. */
async function evidenceRows(database: Database, root: string): Promise<Record<string, object[]>> {
  const out: Record<string, object[]> = {};
  for (const doc of evidenceTables) {
    const table = visibleRows(doc) === null ? doc.table : `${doc.table}_all`;
    const rows = await database.main.rows(`SELECT * FROM ${table} ORDER BY ALL`);
    const hidden =
      doc.table === 'files' ? ['sha256', 'content_sha256', 'modified', 'path', 'bytes'] : ['content_hash'];
    if (rows.length > 0) out[doc.table] = rows.map((row) => tidy(row, hidden, root));
  }
  return out;
}

/** JSON columns are shown as JSON; hashes and times of the disk change without the evidence changing. */
function tidy(row: Record<string, unknown>, hidden: readonly string[], root: string): object {
  const entries = Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
    if (value === null || hidden.includes(name)) return [];
    if (typeof value === 'string' && /^[[{]/.test(value) && name !== 'sample') return [[name, parsed(value)]];
    return [[name, typeof value === 'string' ? value.replaceAll(root, '') : value]];
  });
  return Object.fromEntries(entries);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * Compares what a folder's `input*` files become, with its `source-map*` files, with its expected.json. UPDATE_GOLDEN=1 writes it, to be read and
 * committed by a person; without it a missing one fails.
 */
export async function checkGolden(folder: string): Promise<void> {
  const names = (await readdir(folder)).sort();
  const inputs = names.filter((name) => name.startsWith('input'));
  const maps = names.filter((name) => name.startsWith('source-map'));
  const imported = await importFiles(
    inputs.map((name) => join(folder, name)),
    maps.map((name) => join(folder, name)),
  );
  try {
    const rows = await evidenceRows(imported.database, folder);
    const file = join(folder, EXPECTED);
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
    expect(existsSync(file), `${file} is missing`).toBe(true);
    expect(rows).toEqual(JSON.parse(await readFile(file, 'utf8')));
    await checkConservation(imported.database);
    await checkOriginals(imported);
  } finally {
    await imported.remove();
  }
}

/** Records = unique + duplicates + issue records, for each file; and the tables hold as many as the files say. */
export async function checkConservation(database: Database): Promise<void> {
  const wrong = await database.main.rows(
    'SELECT name, records FROM files WHERE records <> unique_records + duplicate_records + issue_records',
  );
  expect(wrong).toEqual([]);
  const counts = evidenceTables.flatMap((doc) =>
    visibleRows(doc) === null ? [] : [`(SELECT count(*) FROM ${doc.table}_all)`],
  );
  const { held, said } = await database.main.row<{ held: number; said: number }>(
    `SELECT ${counts.join(' + ')} AS held, (SELECT CAST(coalesce(sum(records - issue_records), 0) AS BIGINT) FROM files) AS said`,
  );
  expect(held).toBe(said);
}

/** Every record is found again in its original, byte for byte where the original is text. */
async function checkOriginals({ caseFolder, database }: Imported): Promise<void> {
  for (const doc of evidenceTables) {
    if (visibleRows(doc) === null) continue;
    const kind = doc.table === 'provider_findings' ? 'provider' : 'f.source';
    const rows = await database.main.rows<{ kind: string; file_id: number; record_no: number }>(
      `SELECT ${kind} AS kind, t.file_id, record_no FROM ${doc.table}_all t JOIN files f USING (file_id) LIMIT 200`,
    );
    for (const row of rows) {
      const original = await readOriginal(
        caseFolder,
        { kind: kindOf(doc.table, row.kind), fileId: row.file_id, recordNo: row.record_no },
        database.main,
      );
      expect(original.hashMatches).toBe(true);
      expect(original.text.length).toBeGreaterThan(0);
    }
  }
}

/** A file may hold records of several sources: each is asked for by the kind of its own table. */
function kindOf(table: string, kind: string): string {
  const own: Readonly<Record<string, string>> = {
    events: 'cloudtrail',
    k8s_audit: 'k8s-audit',
    dns_queries: 'dns-query',
    s3_access: 's3-access',
    flows: 'vpc-flow',
    iam_policies: 'iam-policy',
  };
  return own[table] ?? kind;
}
