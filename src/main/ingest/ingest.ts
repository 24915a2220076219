import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import { Database, type Connection } from '../db/database';
import { attachEvidence } from '../evidence/views';
import { writeBatch, type BatchFile } from './batch';
import { classify } from './classify';
import { discover, type FoundFile } from './discover';
import { preflight } from './preflight';
import { summarise, type IngestSummary } from './summary';

export type { IngestSummary } from './summary';

export interface IngestProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly records: number;
}

export interface IngestOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
}

/** A batch is written when its records reach this many characters or it holds this many files. */
const BATCH_CHARACTERS = 64 * 1024 ** 2;
const BATCH_FILES = 2000;

/**
 * Reads everything under the paths into the case: every file ends with a state, every unreadable record as an issue,
 * and records = unique + duplicates + issue records. Files that are in already (same path and hash) are not read into
 * it again. When cancelled, the batches written so far stay. Errors: `path.missing`, `job.cancelled`.
 */
export async function ingest(caseFolder: CaseFolder, paths: readonly string[], options: IngestOptions = {}): Promise<IngestSummary> {
  const temporary = join(caseFolder.path, 'tmp', 'import');
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const database = await Database.open({ tempDirectory: temporary, memoryLimitMb: 1500 });
  try {
    const connection = database.main;
    await attachEvidence(connection, caseFolder);
    const known = await prepare(connection);
    const found = await discover(paths, join(temporary, 'unpacked'));
    await readAll({ caseFolder, connection, temporary, known, found, options });
    await attachEvidence(connection, caseFolder);
    return await summarise(connection);
  } finally {
    database.close();
    await rm(join(caseFolder.path, 'tmp'), { recursive: true, force: true });
  }
}

interface Known {
  nextFileId: number;
  readonly files: ReadonlySet<string>;
}

/** Loads what the case holds already: its files and the keys of its records. */
async function prepare(connection: Connection): Promise<Known> {
  await connection.run(`
    CREATE TABLE seen AS
      SELECT hash('cloudtrail', event_id, content_hash) AS key FROM events_all
      UNION ALL SELECT hash('vpc-flow', NULL::VARCHAR, content_hash) FROM flows_all
      UNION ALL SELECT hash('guardduty', finding_id, content_hash) FROM provider_findings_all`);
  const rows = await connection.rows<{ file_id: number; path: string; sha256: string }>('SELECT file_id, path, sha256 FROM files');
  return {
    nextFileId: rows.reduce((max, row) => Math.max(max, row.file_id + 1), 1),
    files: new Set(rows.map((row) => `${row.sha256} ${row.path}`)),
  };
}

interface Reading {
  readonly caseFolder: CaseFolder;
  readonly connection: Connection;
  readonly temporary: string;
  readonly known: Known;
  readonly found: readonly FoundFile[];
  readonly options: IngestOptions;
}

async function readAll({ caseFolder, connection, temporary, known, found, options }: Reading): Promise<void> {
  const bytesTotal = found.reduce((sum, f) => sum + f.bytes, 0);
  let batch: BatchFile[] = [];
  let characters = 0;
  let bytesDone = 0;
  let records = 0;
  const flush = async () => {
    if (batch.length > 0) await writeBatch({ caseFolder, connection, temporary, files: batch });
    batch = [];
    characters = 0;
  };
  for (const [index, entry] of found.entries()) {
    if (options.signal?.aborted) throw new AppError('job.cancelled');
    const read = await readOne(entry, known);
    bytesDone += entry.bytes;
    if (read) {
      batch.push(read);
      records += read.content.records.length;
      characters += read.content.records.reduce((sum, r) => sum + r.length, 0);
    }
    if (characters >= BATCH_CHARACTERS || batch.length >= BATCH_FILES) await flush();
    options.onProgress?.({ filesDone: index + 1, filesTotal: found.length, bytesDone, bytesTotal, records });
  }
  await flush();
}

async function readOne(entry: FoundFile, known: Known): Promise<BatchFile | null> {
  const bad = (code: string, detail: string, sha256 = ''): BatchFile => ({
    fileId: known.nextFileId++,
    found: entry,
    sha256,
    content: {
      source: null,
      state: 'issue',
      reason: detail,
      records: [],
      numbers: [],
      fields: null,
      problems: [{ code, recordNo: null, offset: null, detail, sample: '' }],
    },
  });
  if (entry.problem) return bad(entry.problem.code, entry.problem.detail);
  try {
    const { sha256, text, damage, binary } = await preflight(entry);
    if (known.files.has(`${sha256} ${entry.path}`)) return null;
    if (text === null) return neither(entry, known, sha256, binary ?? 'binary data');
    if (damage && text === '') return bad(damage.code, damage.detail, sha256);
    const content = classify(text);
    const problems = damage ? [{ ...damage, recordNo: null, offset: null, sample: '' }, ...content.problems] : content.problems;
    return { fileId: known.nextFileId++, found: entry, sha256, content: { ...content, problems } };
  } catch (error) {
    return bad('path.unreadable', error instanceof Error ? error.message : String(error));
  }
}

function neither(entry: FoundFile, known: Known, sha256: string, reason: string): BatchFile {
  const content = { source: null, state: 'not-evidence' as const, reason, records: [], numbers: [], fields: null, problems: [] };
  return { fileId: known.nextFileId++, found: entry, sha256, content };
}
