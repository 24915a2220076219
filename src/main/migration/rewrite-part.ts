import { dirname, join, relative } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder, Part } from '../case/case-folder';
import { quotedIdentifier, quotedString } from '../db/sql';
import { evidenceTables, type TableDoc } from '../evidence/tables';
import { timeSql } from '../ingest/seen';
import type { PartWriter } from '../ingest/writer';
import { sources } from '../sources';

interface Column {
  readonly column_name: string;
  readonly column_type: string;
}

/**
 * The part as this version writes it: with every column of its table (absent ones are NULL: what they would hold is in
 * `extra`, or only in the original) and with the span of its times. One that is so already is given back as it is.
 * Errors: `case.notACase` for a table or column that this version does not know, or when rows got lost.
 */
export async function rewritePart(caseFolder: CaseFolder, writer: PartWriter, part: Part): Promise<Part> {
  const file = quotedString(join(caseFolder.path, part.path));
  const found = await writer.connection.rows<Column>(`DESCRIBE FROM read_parquet(${file})`);
  const doc = evidenceTables.find(({ table }) => table === part.table);
  const known = new Map(doc?.columns.map(({ name, type }) => [name, type]));
  const stray = found.find(({ column_name: name }) => !known.has(name));
  if (!doc || stray) {
    const what = doc ? `column ${stray?.column_name}` : 'table';
    throw failed(caseFolder, `${part.path}: ${what} of ${part.table} is not known`);
  }
  const span = await spanOf(writer, doc, file);
  const isSame =
    found.length === doc.columns.length && found.every((c) => known.get(c.column_name) === c.column_type);
  if (isSame) return span ? { ...part, ...span } : part;
  const names = new Set(found.map(({ column_name: name }) => name));
  const columns = doc.columns.map(({ name, type }) => {
    const column = quotedIdentifier(name);
    return `CAST(${names.has(name) ? column : 'NULL'} AS ${type}) AS ${column}`;
  });
  const folder = relative(join(caseFolder.path, 'evidence'), dirname(join(caseFolder.path, part.path)));
  const draft = await writer.draft(folder, `SELECT ${columns.join(', ')} FROM read_parquet(${file})`);
  const written = await writer.finish(part.table, draft, span ?? undefined);
  if (written?.rows !== part.rows)
    throw failed(caseFolder, `${part.path} has ${written?.rows ?? 0} rows, listed are ${part.rows}`);
  return written;
}

function failed(caseFolder: CaseFolder, detail: string): AppError {
  return new AppError('case.notACase', { path: caseFolder.path, detail });
}

/** Seconds since the epoch of the earliest and latest record, by which copies are looked for; null without times. */
async function spanOf(
  writer: PartWriter,
  doc: TableDoc,
  file: string,
): Promise<{ first: number; last: number } | null> {
  const source = [...sources.values()].find(({ table }) => table === doc.table);
  if (source === undefined) return null;
  const { first, last } = await writer.connection.row<{ first: number | null; last: number | null }>(
    `SELECT CAST(floor(epoch(min(t))) AS BIGINT) AS "first", CAST(floor(epoch(max(t))) AS BIGINT) AS "last"
     FROM (SELECT ${timeSql(source)} AS t FROM read_parquet(${file}))`,
  );
  return first === null || last === null ? null : { first, last };
}
