import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder, Part } from '../case/case-folder';
import { machineFailure } from '../case/machine-failure';
import { Database, type Connection } from '../db/database';
import { attachEvidence } from '../evidence/views';
import type { Archive } from '../evidence/originals/archive';
import { writeAccounts } from './accounts';
import { Batch } from './batch';
import { discover, type FoundFile } from './discover';
import { FlowFormats, NAMELESS } from './flow-formats';
import { loadGroup } from './load';
import { ParquetReader } from './parquet-file';
import { LIMITS, type ReadLimits, type Reader } from './file-outcome';
import { readFile } from './read-file';
import { isFor, type SourceMap } from '../sources/mapped/source-map';
import { REMOVED } from './remove-files';
import { Seen } from './seen';
import { settle, type Count } from './settle';
import { summarise, type IngestSummary } from './summary';
import { readSourceMaps } from './source-maps';
import { Tally, type IngestProgress } from './tally';
import { removeUnfinished } from './unfinished';
import { PartWriter } from './writer';

export type { IngestSummary } from './summary';

interface IngestOptions {
  readonly signal?: AbortSignal;
  /** Waited for between files, and between the windows of a large one: an import that is paused goes on when it ends. */
  readonly whilePaused?: () => Promise<void>;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly memoryLimitMb?: number;
  readonly threads?: number;
  /** Files that are written together, at most. */
  readonly filesPerBatch?: number;
  /** What is held at once of large files. */
  readonly limits?: ReadLimits;
  /** Orders of fields, as AWS names them, that flow logs without a header may have. */
  readonly flowFormats?: readonly (readonly string[])[];
}

const MEMORY_LIMIT_MB = 900;
const MAX_HELD_BYTES = 256 * 1024 ** 2;
/** Reading is blocking calls: so often the event loop runs, for the end of a statement and for a cancel. */
const TURN_MS = 20;

/**
 * Reads everything under the paths into the case: every file ends with a state, every unreadable record as an issue,
 * and records = unique + duplicates + issue records. Files that are in already (same path and hash) are not read into
 * it again. When cancelled or broken off, the batches written so far stay. Errors: `path.missing`, `job.cancelled`,
 * `disk.full`, `disk.failing`, `case.unwritable`.
 */
export async function ingest(
  caseFolder: CaseFolder,
  paths: readonly string[],
  options: IngestOptions = {},
): Promise<IngestSummary> {
  const temporary = join(caseFolder.path, 'tmp', 'import');
  await rm(temporary, { recursive: true, force: true });
  await removeUnfinished(caseFolder);
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const { memoryLimitMb = MEMORY_LIMIT_MB, threads } = options;
  const database = await Database.open({
    tempDirectory: temporary,
    memoryLimitMb,
    ...(threads === undefined ? {} : { threads }),
  });
  try {
    await attachEvidence(database.main, caseFolder);
    const run = new Import(caseFolder, database.main, temporary, options);
    await run.all(await discover(paths));
    await attachEvidence(database.main, caseFolder);
    return await summarise(database.main);
  } catch (error) {
    throw machineFailure(error, caseFolder.path);
  } finally {
    database.close();
    await rm(temporary, { recursive: true, force: true });
  }
}

/** One import: files are read into a batch while the batch before is being written. */
class Import {
  private readonly writer: PartWriter;
  private readonly parquet: ParquetReader;
  private readonly seen: Seen;
  private readonly formats = new FlowFormats();
  private maps: readonly SourceMap[] = [];
  /** Files that another one may explain; read again when all others are in. */
  private readonly putOff: FoundFile[] = [];
  private isLast = false;
  private batch: Batch;
  private batches = 1;
  private lastFileId = 0;
  private known: ReadonlySet<string> = new Set();
  private paths: ReadonlySet<string> = new Set();
  private unread: ReadonlySet<string> = new Set();
  private writing: Promise<void> = Promise.resolve();
  private failure: Error | null = null;
  private readonly tally = new Tally();
  private turnedAt = 0;
  private readonly reader: Reader;
  private readonly limits: ReadLimits;
  /** Parts and counts of a large file that is not done: they are listed with its last ones. */
  private unlisted: { parts: Part[]; counts: Count[] } = { parts: [], counts: [] };

  constructor(
    private readonly caseFolder: CaseFolder,
    private readonly connection: Connection,
    private readonly temporary: string,
    private readonly options: IngestOptions,
  ) {
    this.limits = options.limits ?? LIMITS;
    this.writer = new PartWriter(caseFolder, connection, options.signal);
    this.seen = new Seen(caseFolder, connection);
    this.batch = this.newBatch(0);
    this.parquet = new ParquetReader(temporary);
    for (const fields of options.flowFormats ?? []) this.formats.learn(fields);
    this.reader = this.readerOf();
  }

  async all(found: readonly FoundFile[]): Promise<void> {
    await this.prepare();
    this.tally.found(found.length, bytesOf(found));
    try {
      for (const file of found) await this.one(file);
      this.isLast = true;
      for (const file of this.putOff) await this.one(file);
      await this.flush();
    } finally {
      await this.writing;
      await this.batch.remove();
      this.parquet.close();
    }
    this.throwFailure();
    this.report();
  }

  /** Loads what the case holds already. */
  private async prepare(): Promise<void> {
    this.maps = await readSourceMaps(this.caseFolder);
    await this.seen.open();
    const all = await this.connection.rows<{
      file_id: number;
      path: string;
      sha256: string;
      source: string | null;
      reason: string | null;
      state: string;
    }>('SELECT file_id, path, sha256, source, reason, state FROM files');
    this.lastFileId = all.reduce((most, row) => Math.max(most, row.file_id), 0);
    const rows = all.filter(({ state }) => state !== REMOVED);
    this.known = new Set(rows.map((row) => `${row.sha256} ${row.path}`));
    this.paths = new Set(rows.map((row) => row.path));
    // What no source read may have got a map since.
    const unread = rows.filter(
      ({ source, reason, path }) =>
        source === null && (reason === NAMELESS || this.maps.some((map) => isFor(map, path))),
    );
    this.unread = new Set(unread.map((row) => `${row.sha256} ${row.path}`));
  }

  private async one(found: FoundFile): Promise<void> {
    await this.goOn();
    const { members, archive } = await readFile(this.reader, found);
    this.tally.read(archive ? 0 : found.bytes);
    if (this.batch.full) await this.flush();
    this.report();
    if (archive) await this.membersOf(archive, members, found);
  }

  private newBatch(number: number): Batch {
    return new Batch(this.temporary, number, this.limits.batch, this.options.filesPerBatch);
  }

  private readerOf(): Reader {
    return {
      batch: () => this.batch,
      maps: () => this.maps,
      parquet: this.parquet,
      formats: this.formats,
      limits: this.limits,
      putOff: (file) => this.postpone(file),
      nextFileId: () => (this.lastFileId += 1),
      hasPath: (path) => this.paths.has(path),
      isKnown: (path, sha256) => this.known.has(`${sha256} ${path}`),
      isUnread: (path, sha256) => this.unread.has(`${sha256} ${path}`),
      alone: () => (this.batch.isEmpty ? Promise.resolve() : this.flush()),
      between: (bytes) => this.between(bytes),
      temporary: (name) => join(this.temporary, name),
    };
  }

  /** Between two windows of a file. */
  private async between(bytes: number): Promise<void> {
    this.tally.inFile(bytes);
    await this.goOn();
    if (this.batch.full) await this.flush(false);
    this.report();
  }

  /** Members of archives are kept in memory, since their archive closes; beyond a limit they are not put off. */
  private postpone(file: FoundFile): boolean {
    const held = this.putOff.reduce((sum, f) => sum + (f.depth > 0 ? f.bytes : 0), 0);
    if (this.isLast || (file.depth > 0 && held + file.bytes > MAX_HELD_BYTES)) return false;
    this.putOff.push(file);
    this.tally.again(file.bytes);
    return true;
  }

  private async membersOf(
    archive: Archive,
    members: readonly FoundFile[] | AsyncIterable<FoundFile>,
    found: FoundFile,
  ): Promise<void> {
    const listed = 'length' in members ? members : [];
    this.tally.found(listed.length, bytesOf(listed) - found.bytes);
    try {
      for await (const member of members) {
        if (listed.length === 0) this.tally.found(1, member.bytes);
        await this.one(member);
      }
    } finally {
      archive.close();
    }
  }

  /**
   * Hands the batch over to be written and begins the next one; waits for the one before. It counts when it is written,
   * unless a file in it is not done.
   */
  private async flush(isDone = true): Promise<void> {
    await this.writing;
    this.throwFailure();
    const { batch } = this;
    this.batch = this.newBatch(this.batches);
    this.batches += 1;
    if (!batch.isEmpty) {
      this.writing = this.write(batch, isDone).catch((error: unknown) => {
        this.failure = error instanceof Error ? error : new Error(String(error));
      });
    }
  }

  private async write(batch: Batch, isDone: boolean): Promise<void> {
    const { parts, counts } = this.unlisted;
    try {
      for (const group of batch.groups) {
        for (const draft of await loadGroup(this.writer, group)) {
          const settled = await settle(this.writer, this.seen, { source: group.source, draft });
          if (settled.part) parts.push(settled.part);
          counts.push(...settled.counts);
        }
      }
      if (!isDone) return;
      this.unlisted = { parts: [], counts: [] };
      parts.push(...(await writeAccounts(this.writer, join(this.temporary, 'rows'), batch.files, counts)));
      await this.caseFolder.addParts(parts);
      this.tally.written(counts.reduce((sum, c) => sum + c.records, 0));
    } finally {
      await batch.remove();
    }
  }

  private async turn(): Promise<void> {
    if (performance.now() - this.turnedAt < TURN_MS) return;
    await setImmediate();
    this.turnedAt = performance.now();
  }

  private async goOn(): Promise<void> {
    await this.turn();
    await this.options.whilePaused?.();
    if (this.options.signal?.aborted) throw new AppError('job.cancelled');
    this.throwFailure();
  }

  private throwFailure(): void {
    if (this.failure !== null) throw this.failure;
  }

  private report(): void {
    this.options.onProgress?.(this.tally.progress);
  }
}

function bytesOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
