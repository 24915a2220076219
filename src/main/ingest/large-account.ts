import type { Window } from '../evidence/originals/windows';
import type { BatchFile, Checkpoint } from './batch';
import type { FoundFile } from './discover';
import type { ContentReader, SpoolLines } from './file-content';
import { finish, NOTHING, reasonOf, stateOf, unreadable, type Outcome, type Reader } from './file-outcome';
import { UnreadableError, type HashedChunks } from './hashed-chunks';
import { fileProblem } from './problem';
import type { Problem } from './problem';

/** Problems of one file that are kept; more are counted. */
const MAX_PROBLEMS = 100_000;

type Open = { -readonly [K in keyof BatchFile]: BatchFile[K] };

/** What a file that is read in windows gave so far; a file of the batch when it is done. */
export class LargeAccount {
  /** The decompressed bytes; null when nothing was compressed. */
  content: HashedChunks | null = null;
  private readonly file: Open;
  private readonly checkpoints: Checkpoint[] = [];
  private readonly loads = new Map<SpoolLines['source'], SpoolLines & { records: number }>();
  /** Problems of the file as a whole. */
  private own: Problem[] = [];

  constructor(
    private readonly reader: Reader,
    found: FoundFile,
    private readonly source: HashedChunks,
  ) {
    const none = { source: null, state: 'imported', reason: '', lost: 0 } as const;
    this.file = { ...none, fileId: 0, found, sha256: '', problems: [] };
  }

  fileId(): number {
    this.file.fileId = this.reader.nextFileId();
    return this.file.fileId;
  }

  /** Problems of the file as a whole. */
  add(problems: readonly Problem[]): void {
    this.own.push(...problems);
  }

  checkpoint({ offset, shift }: Window, { recordNo, place }: ContentReader): void {
    this.checkpoints.push({ recordsBefore: recordNo, textOffset: offset, byteOffset: shift, place });
  }

  /** Takes what a window gave. */
  take(loads: readonly SpoolLines[], problems: readonly Problem[]): void {
    const room = Math.max(0, MAX_PROBLEMS - this.file.problems.length);
    this.file.problems.push(...problems.slice(0, room));
    this.file.lost += Math.max(0, problems.length - room);
    for (const load of loads) {
      const before = this.loads.get(load.source)?.records ?? 0;
      this.loads.set(load.source, { ...load, chunks: [], records: before + (load.records ?? 0) });
      this.reader.batch().load(this.file, load.source, { ...load, shift: null });
    }
  }

  /** What is read next; null, and a problem of the file, when it cannot be read. */
  whatIsReadable<T>(reading: Promise<T>): Promise<T | null> {
    return reading.catch((error: unknown) => {
      if (!(error instanceof UnreadableError)) throw error;
      this.own.push(...unreadable(this.file.found, error.message).problems);
      return null;
    });
  }

  /** The file as one without records. */
  async finish({
    state,
    what,
    code,
    detail,
  }: {
    readonly state: 'not-evidence' | 'context' | 'issue';
    readonly what: string;
    readonly code?: string;
    readonly detail?: string;
  }): Promise<Outcome> {
    await this.source.drain();
    const problems = state === 'issue' ? [fileProblem(code ?? 'source.unsupported', detail ?? what)] : [];
    return finish(this.reader, {
      found: this.file.found,
      sha256: this.source.digest(),
      source: null,
      state,
      reason: what,
      problems: [...this.own, ...problems],
    });
  }

  /** The file as what its reader says in the end. */
  async end({ problems, verdict, note }: ReturnType<ContentReader['end']>): Promise<Outcome> {
    await this.whatIsReadable(this.source.drain());
    const { file, reader } = this;
    const loads = [...this.loads.values()].sort((a, b) => b.records - a.records);
    if (problems) {
      file.problems.splice(0, file.problems.length, ...problems);
      file.lost = 0;
    }
    file.problems.unshift(...this.own);
    file.source = loads[0]?.source ?? null;
    file.sha256 = this.source.digest();
    if (this.content && (file.source === null || file.source.digested))
      file.contentSha256 = this.content.digest();
    file.state = stateOf(loads, verdict, file.problems);
    file.reason = reasonOf(loads, verdict, file.problems, note);
    file.checkpoints = this.checkpoints;
    reader.batch().files.push(file);
    return { ...NOTHING, file, records: loads.reduce((sum, load) => sum + load.records, 0) };
  }
}
