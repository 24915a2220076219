import { WINDOWS, type WindowSizes } from '../evidence/originals/windows';
import type { Archive } from '../evidence/originals/archive';
import type { SourceMap } from '../sources/mapped/source-map';
import type { Batch, BatchFile } from './batch';
import type { FoundFile } from './discover';
import { fileProblem } from './problem';
import type { FileContent, SpoolLines } from './file-content';
import type { FlowFormats } from './flow-formats';
import type { ParquetReader } from './parquet-file';
import type { Problem } from './problem';

/** What reading one file led to, besides what it added to the batch. */
export interface Outcome {
  readonly file: BatchFile | null;
  /** Members of an archive, to be read next. */
  readonly members: readonly FoundFile[] | AsyncIterable<FoundFile>;
  /** Keeps an archive open until its members are read. */
  readonly archive: Archive | null;
  readonly records: number;
}

export interface Reader {
  /** The batch that is being filled. */
  batch(): Batch;
  readonly limits: ReadLimits;
  /** How to read files that no source reads. */
  maps(): readonly SourceMap[];
  readonly parquet: ParquetReader;
  readonly formats: FlowFormats;
  /** Puts a file off until all others are read, since one of them may name its fields; false when it was put off before. */
  putOff(found: FoundFile): boolean;
  nextFileId(): number;
  /** Whether the case holds a file of this path, whatever its content. */
  hasPath(path: string): boolean;
  /** Has what was read so far written, so that a large file begins with a batch of its own. */
  alone(): Promise<void>;
  /** To be called between two windows of a file, with the stored bytes that were read of it: the import goes on with the rest. */
  between(bytes: number): Promise<void>;
  /** A path for a file that is needed while another one is read. */
  temporary(name: string): string;
  /** Whether the case holds this file already, by path and hash. */
  isKnown(path: string, sha256: string): boolean;
  /** Whether it holds it as one that no source read, and that a map is for or the order of its fields may be known of now. */
  isUnread(path: string, sha256: string): boolean;
}

/** In bytes. */
export interface ReadLimits {
  /** Of a text that is held whole; a larger one is read in windows. */
  readonly whole: number;
  readonly windows: WindowSizes;
  /** Of what is spooled before it is written. */
  readonly batch: number;
}

export const LIMITS: ReadLimits = { whole: 256 * 1024 ** 2, windows: WINDOWS, batch: 320 * 1024 ** 2 };

export const NOTHING: Outcome = { file: null, members: [], archive: null, records: 0 };

/** A file before it has its number. */
export type Draft = Omit<BatchFile, 'fileId' | 'lost'>;

/** A file that cannot be read, or not to its end. */
export function unreadable(found: FoundFile, detail: string): Draft {
  const code = found.depth > 0 ? 'archive.damaged' : 'path.unreadable';
  return {
    found,
    sha256: '',
    source: null,
    state: 'issue',
    reason: detail,
    problems: [fileProblem(code, detail)],
  };
}

/** Adds a file that gave no record to the batch, unless the case holds it as that already. */
export function finish(reader: Reader, draft: Draft): Outcome {
  if (draft.sha256 === '' && reader.isKnown(draft.found.path, '')) return NOTHING;
  if (reader.isUnread(draft.found.path, draft.sha256)) return NOTHING;
  const file = { ...draft, fileId: reader.nextFileId(), lost: 0 };
  reader.batch().files.push(file);
  return { ...NOTHING, file };
}

/** Codes of what broke off in decompression. */
const DAMAGE = /^(?:gzip|zstd)\./;
type Loads = readonly Pick<SpoolLines, 'source'>[];

/** Whether it broke off when it was decompressed. */
export function isDamaged(problems: readonly Problem[]): boolean {
  return problems.some((p) => DAMAGE.test(p.code));
}

/** What becomes of a file that gave these records. */
export function stateOf(
  loads: Loads,
  verdict: FileContent['verdict'],
  problems: readonly Problem[],
): BatchFile['state'] {
  if (loads.length === 0 && isDamaged(problems)) return 'issue';
  return verdict?.state ?? (isContext(loads) ? 'context' : 'imported');
}

/** The reason beside that state, in plain words; empty when there is nothing to say, or problems say it. */
export function reasonOf(
  loads: Loads,
  verdict: FileContent['verdict'],
  problems: readonly Problem[],
  note: string,
): string {
  if (verdict) return verdict.what;
  const titles = isContext(loads) ? [...new Set(loads.map((load) => load.source.title))] : [];
  return problems.length === 0 ? [...titles, note].filter(Boolean).join('; ') : '';
}

function isContext(loads: Loads): boolean {
  return loads.length > 0 && loads.every((load) => load.source.timeColumn === null);
}
