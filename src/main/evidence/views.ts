import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_LOG, type CaseFolder } from '../case/case-folder';
import { type Connection, Database, type DatabaseOptions } from '../db/database';
import { quotedIdentifier, quotedList, quotedString } from '../db/sql';
import annotationsViewSql from './annotations-view.sql?raw';
import { DAILY } from './daily';
import { annotationTables, columnList, derivedTableDocs, evidenceTables, type TableDoc } from './tables';

/** What the plain name shows; `<table>_all` shows every row. Null for tables without copies. */
export function visibleRows({ table, columns }: TableDoc): string | null {
  if (table === 'flows') return "NOT duplicate AND log_status = 'OK'";
  return columns.some((c) => c.name === 'duplicate') ? 'NOT duplicate' : null;
}

/** What a view shows of a column: the column, or an expression over it. */
export type Shown = (column: TableDoc['columns'][number]) => string;
const asItIs: Shown = ({ name }) => quotedIdentifier(name);

/** A file that no source read and that was read again, since it got a map or the order of its fields, is listed once. */
const REPLACED = `QUALIFY source IS NOT NULL OR coalesce(max(CASE WHEN source IS NOT NULL THEN file_id END) OVER (PARTITION BY path, sha256) < file_id, true)`;
/** What could not be read of it then is no issue any more. */
const OF_LISTED = 'WHERE file_id IS NULL OR file_id IN (SELECT file_id FROM files)';
const NARROWED: Readonly<Record<string, string>> = { files: REPLACED, issues: OF_LISTED };

function select(doc: TableDoc, files: readonly string[], shown: Shown): string {
  const columns = doc.columns.map((c) => `${shown(c)} AS ${quotedIdentifier(c.name)}`).join(', ');
  if (files.length > 0)
    return `SELECT ${columns} FROM read_parquet(${quotedList(files)}, union_by_name = true)`;
  const nulls = doc.columns.map((c) => `CAST(NULL AS ${c.type}) AS ${quotedIdentifier(c.name)}`).join(', ');
  return `SELECT ${nulls} WHERE false`;
}

/** SELECT of what the plain name shows of some parts of an evidence table; `files` are not none. */
export function visibleOf(doc: TableDoc, files: readonly string[]): string {
  const visible = visibleRows(doc);
  return `SELECT * FROM (${select(doc, files, asItIs)})${visible === null ? '' : ` WHERE ${visible}`}`;
}

/** Views over the evidence parts that the manifest lists: unique records by the plain names, all of them by `_all`. */
export async function attachEvidence(
  connection: Connection,
  caseFolder: CaseFolder,
  shown = asItIs,
): Promise<void> {
  const { parts } = await caseFolder.manifest();
  for (const doc of evidenceTables) {
    const files = parts.filter((p) => p.table === doc.table).map((p) => join(caseFolder.path, p.path));
    const visible = visibleRows(doc);
    if (visible === null) {
      await connection.run(
        `CREATE OR REPLACE VIEW ${doc.table} AS SELECT * FROM (${select(doc, files, shown)}) ${NARROWED[doc.table] ?? ''}`,
      );
    } else {
      await connection.run(`CREATE OR REPLACE VIEW ${doc.table}_all AS ${select(doc, files, shown)}`);
      await connection.run(
        `CREATE OR REPLACE VIEW ${doc.table} AS SELECT * FROM ${doc.table}_all WHERE ${visible}`,
      );
    }
  }
}

/**
 * Views over the tables of the current analysis run; empty ones before the first run. Daily counts that a run of an
 * earlier build has not written are counted when they are asked for.
 */
export async function attachAnalysis(
  connection: Connection,
  caseFolder: CaseFolder,
  shown = asItIs,
): Promise<void> {
  const run = await caseFolder.currentRun();
  for (const doc of derivedTableDocs) {
    const file = run === null ? null : join(run, `${doc.table}.parquet`);
    const files = file !== null && existsSync(file) ? [file] : [];
    const counted = files.length === 0 && run !== null ? DAILY[doc.table] : undefined;
    await connection.run(`CREATE OR REPLACE VIEW ${doc.table} AS ${counted ?? select(doc, files, shown)}`);
  }
}

/** A view over the action log as it is at each question; an empty one while there is no log. */
export async function attachAnnotations(connection: Connection, caseFolder: CaseFolder): Promise<void> {
  const log = join(caseFolder.path, ACTION_LOG);
  const isThere = (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0;
  for (const doc of annotationTables) {
    const rows = isThere
      ? annotationsViewSql.replace('$log', () => quotedString(log))
      : select(doc, [], asItIs);
    await connection.run(`CREATE OR REPLACE VIEW ${doc.table} AS ${rows}`);
  }
}

/** The derived tables, empty, for tests and for steps that add to a table of an earlier one. */
export async function createDerivedTables(connection: Connection): Promise<void> {
  for (const doc of derivedTableDocs)
    await connection.run(`CREATE OR REPLACE TABLE ${doc.table} (${columnList(doc)})`);
}

/** A read-only look at a case: an instance of its own that can reach nothing outside the case folder. */
export async function openCaseDatabase(
  caseFolder: CaseFolder,
  { shown = asItIs, ...options }: DatabaseOptions & { readonly shown?: Shown } = {},
): Promise<Database> {
  const database = await Database.open({ ...options, lockedTo: [caseFolder.path] });
  await attachEvidence(database.main, caseFolder, shown);
  await attachAnalysis(database.main, caseFolder, shown);
  await attachAnnotations(database.main, caseFolder);
  return database;
}
