import type { Archive } from '../evidence/originals/archive';
import type { SourceMap } from '../sources/mapped/source-map';
import type { Batch, BatchFile } from './batch';
import type { FoundFile } from './discover';
import type { FlowFormats } from './flow-formats';
import type { ParquetReader } from './parquet-file';

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
  readonly batch: Batch;
  /** How to read files that no source reads. */
  readonly maps: readonly SourceMap[];
  readonly parquet: ParquetReader;
  readonly formats: FlowFormats;
  /** Puts a file off until all others are read, since one of them may name its fields; false when it was put off before. */
  putOff(found: FoundFile): boolean;
  nextFileId(): number;
  /** Whether the case holds this file already, by path and hash. */
  isKnown(path: string, sha256: string): boolean;
  /** Whether it holds it as one that no source read, and that a map is for or the order of its fields may be known of now. */
  isUnread(path: string, sha256: string): boolean;
}

export const NOTHING: Outcome = { file: null, members: [], archive: null, records: 0 };

/** A file before it has its number. */
export type Draft = Omit<BatchFile, 'fileId' | 'lost'>;

/** Adds a file that gave no record to the batch, unless the case holds it as that already. */
export function finish(reader: Reader, draft: Draft): Outcome {
  if (draft.sha256 === '' && reader.isKnown(draft.found.path, '')) return NOTHING;
  if (reader.isUnread(draft.found.path, draft.sha256)) return NOTHING;
  const file = { ...draft, fileId: reader.nextFileId(), lost: 0 };
  reader.batch.files.push(file);
  return { ...NOTHING, file };
}
