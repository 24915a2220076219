import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { CaseFolder, Part } from '../case/case-folder';
import { machineFailure } from '../case/machine-failure';
import { Database, type Connection } from '../db/database';
import { quotedList, quotedString } from '../db/sql';
import { MEMBER_MARK } from '../evidence/originals/stored';
import { evidenceTables, type TableDoc } from '../evidence/tables';
import { sources } from '../sources';
import type { Source } from '../sources/source';
import { idSql, keySql } from './seen';
import { removeUnfinished } from './unfinished';
import { PartWriter } from './writer';

/** A file whose records were taken out of a case. */
export interface RemovedFile {
  readonly path: string;
  readonly sha256: string;
  readonly source: string | null;
  readonly records: number;
}

/** `files.state` of a file that was removed: what is left is the row, which says what it was. */
export const REMOVED = 'removed';
const OF_FILES = new Set(['issues', 'checkpoints']);

/**
 * Takes files, and what lies in those that are archives, out of a case: their records, issues and checkpoints go, their rows of
 * `files` stay as removed. Of a record that another file holds too, the first copy there becomes the unique one. Analyses do not
 * know of it: the caller makes a new one. Everything is listed at once, so a kill leaves the case as it was. Errors: as `ingest`.
 */
export async function removeFiles(
  caseFolder: CaseFolder,
  fileIds: readonly number[],
  signal?: AbortSignal,
): Promise<readonly RemovedFile[]> {
  const temporary = join(caseFolder.path, 'tmp', 'remove');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const database = await Database.open({ tempDirectory: temporary });
  try {
    const writer = new PartWriter(caseFolder, database.main, signal);
    return await new Removal(caseFolder, writer).run(fileIds);
  } catch (error) {
    throw machineFailure(error, caseFolder.path);
  } finally {
    database.close();
    await rm(temporary, { recursive: true, force: true });
    await removeUnfinished(caseFolder);
  }
}

class Removal {
  private readonly connection: Connection;
  private parts: readonly Part[] = [];

  constructor(
    private readonly caseFolder: CaseFolder,
    private readonly writer: PartWriter,
  ) {
    this.connection = writer.connection;
  }

  async run(fileIds: readonly number[]): Promise<readonly RemovedFile[]> {
    this.parts = (await this.caseFolder.manifest()).parts;
    const removed = await this.choose(fileIds);
    if (removed.length === 0) return [];
    await this.connection.run('CREATE TEMP TABLE promoted (file_id INTEGER, record_no INTEGER)');
    const parts: Part[] = [];
    for (const doc of evidenceTables) {
      const own = this.parts.filter((part) => part.table === doc.table);
      if (own.length > 0) parts.push(...(await this.table(doc, own)));
    }
    await this.caseFolder.replaceParts(parts);
    return removed;
  }

  /** The table `gone` of the files that go, with the members of those that are archives. */
  private async choose(fileIds: readonly number[]): Promise<readonly RemovedFile[]> {
    const parts = this.parts.filter((part) => part.table === 'files');
    if (parts.length === 0) return [];
    await this.connection.run(
      `CREATE TEMP TABLE gone AS WITH f AS (FROM ${this.read(parts)}), chosen AS (
         SELECT path FROM f WHERE file_id IN (SELECT unnest(CAST($ids AS INTEGER[]))))
       SELECT DISTINCT f.file_id, f.path, f.sha256, f.source, f.records FROM f, chosen c
       WHERE f.state <> '${REMOVED}' AND (f.path = c.path OR starts_with(f.path, c.path || '${MEMBER_MARK}'))`,
      { ids: `[${fileIds.join(', ')}]` },
    );
    return this.connection.rows<RemovedFile>(
      'SELECT path, sha256, source, records FROM gone ORDER BY file_id',
    );
  }

  private async table(doc: TableDoc, parts: readonly Part[]): Promise<readonly Part[]> {
    const source = [...sources.values()].find(({ table }) => table === doc.table);
    if (source) await this.promote(source, parts);
    else if (doc.table !== 'files' && !OF_FILES.has(doc.table)) return parts;
    const out: Part[] = [];
    for (const part of parts) out.push(...(await this.rewritten(doc, part)));
    return out;
  }

  /** Adds to `promoted` the copies that are the first of their record when the files are gone. */
  private async promote(source: Source, parts: readonly Part[]): Promise<void> {
    const rows = `SELECT file_id, record_no, duplicate, ${keySql(source)} AS key, ${idSql(source)} AS id FROM ${this.read(parts)}`;
    await this.connection.run(
      `CREATE OR REPLACE TEMP TABLE lost AS SELECT key, id FROM (${rows}) SEMI JOIN gone USING (file_id) WHERE NOT duplicate`,
      undefined,
      this.writer.options(),
    );
    await this.connection.run(
      `CREATE OR REPLACE TEMP TABLE kept AS SELECT * FROM (${rows}) ANTI JOIN gone USING (file_id)
       WHERE key IN (SELECT key FROM lost) OR id IN (SELECT id FROM lost WHERE id IS NOT NULL)`,
      undefined,
      this.writer.options(),
    );
    // A copy of the same text needs one unique record of that text, a lesser delivery any of its id.
    await this.connection.run(
      `INSERT INTO promoted SELECT first // 4294967296, first % 4294967296 FROM (
         SELECT min(file_id::BIGINT * 4294967296 + record_no) AS first FROM kept k WHERE duplicate
           AND key NOT IN (SELECT key FROM kept WHERE NOT duplicate)
           AND (key IN (SELECT key FROM lost) OR NOT EXISTS (FROM kept u WHERE NOT u.duplicate AND u.id = k.id))
         GROUP BY coalesce(id, key))`,
    );
  }

  /** The part without the files; as it is when it holds nothing of them, none when it holds nothing else. */
  private async rewritten(doc: TableDoc, part: Part): Promise<readonly Part[]> {
    const from = this.read([part]);
    const { n } = await this.connection.row<{ n: number }>(
      `SELECT count(*) AS n FROM ${from} WHERE file_id IN (SELECT file_id FROM gone UNION ALL SELECT file_id FROM promoted)`,
    );
    if (n === 0) return [part];
    const folder = relative(
      join(this.caseFolder.path, 'evidence'),
      dirname(join(this.caseFolder.path, part.path)),
    );
    const draft = await this.writer.draft(folder, relationOf(doc, from));
    const span = part.first === undefined ? undefined : { first: part.first, last: part.last ?? part.first };
    const written = await this.writer.finish(part.table, draft, span);
    return written ? [written] : [];
  }

  private read(parts: readonly Part[]): string {
    const paths = parts.map((part) => join(this.caseFolder.path, part.path));
    return paths.length === 1
      ? `read_parquet(${quotedString(paths[0] as string)})`
      : `read_parquet(${quotedList(paths)}, union_by_name = true)`;
  }
}

/** Rows of a part as they are afterwards. */
function relationOf(doc: TableDoc, from: string): string {
  if (doc.table === 'files') return FILES.replace('{{from}}', () => from);
  if (doc.table === 'issues')
    return `SELECT * FROM ${from} WHERE file_id IS NULL OR file_id NOT IN (SELECT file_id FROM gone)`;
  const kept = `SELECT * FROM ${from} ANTI JOIN gone USING (file_id)`;
  if (!doc.columns.some(({ name }) => name === 'duplicate')) return kept;
  return `SELECT t.* REPLACE (t.duplicate AND p.file_id IS NULL AS duplicate) FROM (${kept}) t
    LEFT JOIN promoted p ON p.file_id = t.file_id AND p.record_no = t.record_no`;
}

const FILES = `
  WITH up AS (SELECT file_id, count(*) AS n FROM promoted GROUP BY file_id)
  SELECT f.* REPLACE (
    CASE WHEN g.file_id IS NULL THEN f.state ELSE '${REMOVED}' END AS state,
    CASE WHEN g.file_id IS NULL THEN f.source END AS source,
    CASE WHEN g.file_id IS NULL THEN f.reason
      ELSE 'removed from the case' || coalesce(': ' || f.records || ' records of ' || f.source, '') END AS reason,
    CASE WHEN g.file_id IS NULL THEN f.records ELSE 0 END AS records,
    CASE WHEN g.file_id IS NULL THEN f.unique_records + coalesce(up.n, 0) ELSE 0 END AS unique_records,
    CASE WHEN g.file_id IS NULL THEN f.duplicate_records - coalesce(up.n, 0) ELSE 0 END AS duplicate_records,
    CASE WHEN g.file_id IS NULL THEN f.issue_records ELSE 0 END AS issue_records,
    CASE WHEN g.file_id IS NULL THEN f.first_time END AS first_time,
    CASE WHEN g.file_id IS NULL THEN f.last_time END AS last_time)
  FROM {{from}} f LEFT JOIN gone g ON g.file_id = f.file_id LEFT JOIN up ON up.file_id = f.file_id`;
