import { rm, writeFile } from 'node:fs/promises';
import type { Part } from '../case/case-folder';
import { quotedString } from '../db/sql';
import type { BatchFile, Checkpoint } from './batch';
import type { Problem } from './problem';
import type { Count } from './settle';
import type { PartWriter } from './writer';

const FILES = {
  file_id: 'INTEGER',
  path: 'VARCHAR',
  name: 'VARCHAR',
  bytes: 'BIGINT',
  sha256: 'VARCHAR',
  content_sha256: 'VARCHAR',
  modified: 'BIGINT',
  source: 'VARCHAR',
  state: 'VARCHAR',
  reason: 'VARCHAR',
  records: 'BIGINT',
  unique_records: 'BIGINT',
  duplicate_records: 'BIGINT',
  issue_records: 'BIGINT',
  first_time: 'VARCHAR',
  last_time: 'VARCHAR',
};
const CHECKPOINTS = {
  file_id: 'INTEGER',
  records_before: 'INTEGER',
  text_offset: 'BIGINT',
  byte_offset: 'BIGINT',
  inside: 'VARCHAR',
  sign: 'VARCHAR',
};
const ISSUES = {
  file_id: 'INTEGER',
  code: 'VARCHAR',
  record_no: 'INTEGER',
  byte_offset: 'BIGINT',
  detail: 'VARCHAR',
  sample: 'VARCHAR',
};
/** Rows of `issues` for one file; the rest is counted in one more row. */
const MAX_ISSUES = 1000;
const MAX_OBJECT = 16 * 1024 ** 2;

/** Writes the rows of `files`, `issues` and `checkpoints` for a batch. */
export async function writeAccounts(
  writer: PartWriter,
  spoolPath: string,
  files: readonly BatchFile[],
  counts: readonly Count[],
): Promise<Part[]> {
  const byFile = new Map<number, Count[]>();
  for (const count of counts) byFile.set(count.file_id, [...(byFile.get(count.file_id) ?? []), count]);
  const fileRows = files.map((file) => fileRow(file, byFile.get(file.fileId) ?? []));
  const issueRows = files.flatMap((file) => capped(file).map((p) => issueRow(file.fileId, p)));
  const time = (name: string) => `CAST(CAST(${name} AS TIMESTAMPTZ) AS TIMESTAMP) AS ${name}`;
  const filePart = await writeRows(writer, spoolPath, {
    table: 'files',
    columns: FILES,
    rows: fileRows,
    select: `* REPLACE (make_timestamp(modified) AS modified, ${time('first_time')}, ${time('last_time')})`,
  });
  const issuePart = await writeRows(writer, spoolPath, {
    table: 'issues',
    columns: ISSUES,
    rows: issueRows,
    select: '*',
  });
  const checkpointPart = await writeRows(writer, spoolPath, {
    table: 'checkpoints',
    columns: CHECKPOINTS,
    rows: files.flatMap((file) => (file.checkpoints ?? []).map((at) => checkpointRow(file.fileId, at))),
    select: '*',
  });
  return [filePart, issuePart, checkpointPart].flatMap((part) => part ?? []);
}

function fileRow(
  file: BatchFile,
  counts: readonly Count[],
): Record<keyof typeof FILES, string | number | null> {
  const sum = (value: (c: Count) => number) => counts.reduce((total, c) => total + value(c), 0);
  const records = sum((c) => c.records);
  const duplicates = sum((c) => c.duplicates);
  const bad = new Set(file.problems.flatMap((p) => p.recordNo ?? [])).size + file.lost;
  const failed =
    (file.state === 'imported' || file.source !== null) &&
    records === 0 &&
    (bad > 0 || file.problems.length > 0);
  const bounds = (pick: (c: Count) => string | null) => counts.flatMap((c) => pick(c) ?? []).sort();
  const issues = `${bad} of ${records + bad} records could not be read`;
  return {
    file_id: file.fileId,
    path: file.found.path,
    name: file.found.name,
    bytes: file.found.bytes,
    sha256: file.sha256,
    content_sha256: file.contentSha256 ?? null,
    modified: Math.round(file.found.modifiedMs * 1000),
    source: file.source?.id ?? null,
    state: failed ? 'issue' : file.state,
    reason:
      file.reason === '' && file.problems.length > 0
        ? bad > 0
          ? issues
          : (file.problems[0]?.detail ?? '')
        : file.reason,
    records: records + bad,
    unique_records: records - duplicates,
    duplicate_records: duplicates,
    issue_records: bad,
    first_time: bounds((c) => c.first)[0] ?? null,
    last_time: bounds((c) => c.last).pop() ?? null,
  };
}

function issueRow(
  fileId: number,
  { code, recordNo, offset, detail, sample }: Problem,
): Record<keyof typeof ISSUES, string | number | null> {
  return { file_id: fileId, code, record_no: recordNo, byte_offset: offset, detail, sample };
}

function checkpointRow(
  fileId: number,
  { recordsBefore, textOffset, byteOffset, place }: Checkpoint,
): Record<keyof typeof CHECKPOINTS, string | number | null> {
  return {
    file_id: fileId,
    records_before: recordsBefore,
    text_offset: textOffset,
    byte_offset: byteOffset,
    inside: place?.inside ?? null,
    sign: place?.sign ?? null,
  };
}

function capped({ problems, lost }: BatchFile): readonly Problem[] {
  const ordered = [...problems].sort((a, b) => (a.recordNo ?? 0) - (b.recordNo ?? 0));
  if (ordered.length <= MAX_ISSUES) return ordered;
  const more = {
    code: 'issues.more',
    recordNo: null,
    offset: null,
    detail: `${ordered.length - MAX_ISSUES + lost} more records of this file could not be read`,
    sample: '',
  };
  return [...ordered.slice(0, MAX_ISSUES), more];
}

interface Rows {
  readonly table: 'files' | 'issues' | 'checkpoints';
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly object[];
  readonly select: string;
}

async function writeRows(
  writer: PartWriter,
  spoolPath: string,
  { table, columns, rows, select }: Rows,
): Promise<Part | null> {
  if (rows.length === 0) return null;
  const path = `${spoolPath}-${table}`;
  await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600 });
  try {
    const typed = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
    const read = `read_json(${quotedString(path)}, columns = {${typed.join(', ')}}, format = 'newline_delimited', records = true, maximum_object_size = ${MAX_OBJECT})`;
    return await writer.finish(table, await writer.draft(table, `SELECT ${select} FROM ${read}`));
  } finally {
    await rm(path, { force: true });
  }
}
