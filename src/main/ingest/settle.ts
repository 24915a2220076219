import { rm } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error';
import type { Part } from '../case/case-folder';
import { quotedIdentifier, quotedString } from '../db/sql';
import { evidenceTables } from '../evidence/tables';
import type { Source } from '../sources/source';
import type { BatchFile } from './batch';
import { SAMPLE_LENGTH } from './problem';
import type { Draft } from './load';
import { settleRivals } from './rivals';
import { idSql, keySql, timeSql, type Seen } from './seen';
import type { PartWriter } from './writer';

/** What became of the records of one file. */
export interface Count {
  readonly file_id: number;
  /** Records with a time: those that are in. */
  readonly records: number;
  readonly duplicates: number;
  readonly untimed: number;
  readonly first: string | null;
  readonly last: string | null;
}

/**
 * Turns a draft into a part: marks records whose id and content are in already (first come, first unique, in the order
 * of file and record), takes out records without a time as problems, and remembers the keys. The wide rows are written
 * again only when something is to be marked or taken out.
 */
export async function settle(
  writer: PartWriter,
  seen: Seen,
  { source, draft }: { source: Source; draft: Draft },
): Promise<{ part: Part | null; counts: Count[] }> {
  const { connection } = writer;
  const from = `read_parquet(${quotedString(draft.path)})`;
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE keys AS SELECT file_id, record_no, ${timeSql(source)} AS t, ${keySql(source)} AS key, ${idSql(source)} AS id FROM ${from}`,
    undefined,
    writer.options(),
  );
  const span = await connection.row<{ first: number | null; last: number | null }>(SPAN);
  const table = await seen.around(source, span);
  await connection.run(copiesSql(table), undefined, writer.options());
  await settleRivals(writer, source, { draft, seen: table, known: seen.pathsAround(source.table, span) });
  const counts = await connection.rows<Count>(countsSql(source));
  check(draft, counts);
  await untimedProblems(writer, source, draft);
  await connection.run(
    `INSERT INTO ${table} SELECT t, key, id FROM keys ANTI JOIN copies USING (file_id, record_no) WHERE t IS NOT NULL`,
  );
  const changed = counts.some((c) => c.duplicates > 0 || c.untimed > 0);
  const final = changed ? await rewrite(writer, source, draft.path) : draft.path;
  const part = await writer.finish(source.table, final, source.timeColumn === null ? undefined : span);
  if (part !== null) seen.add(part);
  return { part, counts };
}

const SPAN = `SELECT CAST(floor(epoch(min(t))) AS BIGINT) AS "first", CAST(floor(epoch(max(t))) AS BIGINT) AS "last" FROM keys`;

function copiesSql(seenTable: string): string {
  return `
    CREATE OR REPLACE TEMP TABLE copies AS
    WITH span AS (SELECT min(t) AS lo, max(t) AS hi FROM keys),
    firsts AS (SELECT key, min(file_id::BIGINT * 4294967296 + record_no) AS place FROM keys WHERE t IS NOT NULL GROUP BY key),
    known AS (SELECT DISTINCT s.key FROM ${seenTable} s SEMI JOIN firsts USING (key)
      WHERE s.t >= (SELECT lo FROM span) AND s.t <= (SELECT hi FROM span))
    SELECT k.file_id, k.record_no FROM keys k JOIN firsts f USING (key) LEFT JOIN known n USING (key)
    WHERE k.t IS NOT NULL AND (n.key IS NOT NULL OR f.place <> k.file_id::BIGINT * 4294967296 + k.record_no)`;
}

function countsSql({ timeColumn }: Source): string {
  const time = timeColumn === null ? 'NULL' : 't';
  return `
    SELECT file_id, count(t) AS records, count(c.record_no) AS duplicates, count(*) - count(t) AS untimed, min(${time}) AS "first", max(${time}) AS "last"
    FROM keys LEFT JOIN copies c USING (file_id, record_no) GROUP BY file_id`;
}

/** Every record that was spooled must be there: a difference would be a silent loss. */
function check(draft: Draft, counts: readonly Count[]): void {
  const byFile = new Map(counts.map((c) => [c.file_id, c.records + c.untimed]));
  const wanted = new Map<BatchFile, number>();
  for (const { file, records } of draft.loads)
    wanted.set(file, (wanted.get(file) ?? 0) + (records ?? Number.NaN));
  for (const [file, records] of wanted) {
    const found = byFile.get(file.fileId) ?? 0;
    if (!Number.isNaN(records) && records !== found) {
      throw new AppError('internal', {
        detail: `${file.found.path}: ${records} records went in, ${found} came out`,
      });
    }
  }
}

async function untimedProblems(writer: PartWriter, source: Source, draft: Draft): Promise<void> {
  const rows = await writer.connection.rows<{ file_id: number; record_no: number; sample: string }>(
    `SELECT file_id, record_no, left(CAST(to_json(r) AS VARCHAR), ${SAMPLE_LENGTH}) AS sample
     FROM read_parquet(${quotedString(draft.path)}) r WHERE ${timeSql(source)} IS NULL ORDER BY file_id, record_no`,
  );
  const files = new Map(draft.loads.map((load) => [load.file.fileId, load.file]));
  for (const { file_id, record_no, sample } of rows) {
    files.get(file_id)?.problems.push({
      code: 'record.noTime',
      recordNo: record_no,
      offset: null,
      detail: 'the record has no readable time, or one outside 2006 to 2099',
      sample,
    });
  }
}

async function rewrite(writer: PartWriter, source: Source, draft: string): Promise<string> {
  const columns = evidenceTables.find((t) => t.table === source.table)?.columns.map((c) => c.name) ?? [];
  const list = columns.map((c) =>
    c === 'duplicate' ? 'c.record_no IS NOT NULL AS duplicate' : `p.${quotedIdentifier(c)}`,
  );
  const path = await writer.draft(
    source.id,
    `SELECT ${list.join(', ')} FROM read_parquet(${quotedString(draft)}) p LEFT JOIN copies c ON p.file_id = c.file_id AND p.record_no = c.record_no
     WHERE ${timeSql(source)} IS NOT NULL`,
  );
  await rm(draft);
  return path;
}
