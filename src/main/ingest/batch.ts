import { rm } from 'node:fs/promises';
import type { JsonPlace } from '../evidence/originals/split-records';
import { join } from 'node:path';
import type { Source } from '../sources/source';
import type { FoundFile } from './discover';
import type { Problem } from './problem';
import { Spool, type Range } from './spool';

/** A file that was read, on its way into the case. */
export interface BatchFile {
  readonly fileId: number;
  readonly found: FoundFile;
  readonly sha256: string;
  /** Of the decompressed bytes, for files that digests name. */
  contentSha256?: string;
  readonly source: Source | null;
  readonly state: 'imported' | 'context' | 'not-evidence' | 'issue';
  readonly reason: string;
  readonly problems: Problem[];
  /** Records that could not be imported and have no problem of their own. */
  lost: number;
  /** Where reading it back can begin, of a file that was read in windows. */
  checkpoints?: readonly Checkpoint[];
}

/** A row of `checkpoints`. */
export interface Checkpoint {
  readonly recordsBefore: number;
  readonly textOffset: number;
  readonly byteOffset: number | null;
  readonly place: JsonPlace | null;
}

/** The lines of one file in a spool. */
export interface Load {
  readonly file: BatchFile;
  readonly range: Range;
  /** Records in the lines; null when only the engine counts them. */
  readonly records: number | null;
  /** Added to a place in the spooled lines it gives the place in the original; null when that cannot be told. */
  readonly shift: number | null;
  /** Bytes of its longest line. */
  readonly longestLine: number;
}

type Lines = Pick<Load, 'records' | 'shift' | 'longestLine'> & {
  readonly fields: readonly string[];
  readonly chunks: Iterable<Uint8Array>;
};

/** Everything of one source and one format in a batch. */
export interface Group {
  readonly source: Source;
  /** Field names of line records; empty for JSON. */
  readonly fields: readonly string[];
  readonly spool: Spool;
  readonly loads: Load[];
}

const MAX_FILES = 2000;

/** Files that are written into the case together: their records wait in spools, their verdicts in memory. */
export class Batch {
  readonly files: BatchFile[] = [];
  private readonly byKey = new Map<string, Group>();

  constructor(
    private readonly folder: string,
    private readonly number: number,
    private readonly maxBytes: number,
    private readonly maxFiles = MAX_FILES,
  ) {}

  get groups(): readonly Group[] {
    return [...this.byKey.values()];
  }

  get isEmpty(): boolean {
    return this.files.length === 0 && this.byKey.size === 0;
  }

  get full(): boolean {
    return (
      this.files.length >= this.maxFiles ||
      this.groups.reduce((sum, group) => sum + group.spool.bytes, 0) >= this.maxBytes
    );
  }

  /** Adds the lines of a file. */
  load(file: BatchFile, source: Source, lines: Lines): void {
    const group = this.group(source, lines.fields);
    const offset = group.spool.bytes;
    for (const chunk of lines.chunks) group.spool.add(chunk);
    const { records, shift, longestLine } = lines;
    group.loads.push({
      file,
      range: { offset, length: group.spool.bytes - offset },
      records,
      shift,
      longestLine,
    });
  }

  async remove(): Promise<void> {
    for (const { spool } of this.groups) {
      spool.close();
      await rm(spool.path, { force: true });
    }
  }

  private group(source: Source, fields: readonly string[]): Group {
    const key = [source.id, ...fields].join(' ');
    const known = this.byKey.get(key);
    if (known) return known;
    const spool = Spool.create(join(this.folder, `${this.number}-${this.byKey.size}`));
    const group = { source, fields, spool, loads: [] };
    this.byKey.set(key, group);
    return group;
  }
}
