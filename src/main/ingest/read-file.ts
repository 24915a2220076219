import { createHash } from 'node:crypto';
import { peek } from '../evidence/originals/chunks';
import { archiveKind, HEAD } from '../evidence/originals/archive';
import type { LineFormat } from '../evidence/originals/line-format';
import { isParquet } from '../evidence/originals/parquet';
import { LARGE, largeArchive, readArchive } from './archive-file';
import type { BatchFile } from './batch';
import type { FoundFile } from './discover';
import {
  finish,
  isDamaged,
  NOTHING,
  reasonOf,
  stateOf,
  type Draft,
  type Outcome,
  unreadable,
  type Reader,
} from './file-outcome';
import { inspect, type Inspected } from './inspect';
import { fileProblem } from './problem';
import { readJson, readTable } from './json-file';
import { wholeContent, type FileContent } from './file-content';
import { NAMELESS, NO_FORMAT } from './flow-formats';
import { isMapped, MAX_HELD, readLarge } from './large-file';
import { LogReader } from './line-file';
import { readMapped } from './mapped-file';
import { pathOrigin } from './path-origin';
import { sniff } from './sniff';
import { isFor } from '../sources/mapped/source-map';

/** Reads one file into the batch: its records as lines of a spool, and its verdict. Never fails for what a file holds. */
export async function readFile(reader: Reader, found: FoundFile): Promise<Outcome> {
  if (found.problem) {
    const { code, detail, state } = found.problem;
    const problems = state === 'issue' ? [fileProblem(code, detail)] : [];
    return finish(reader, { found, sha256: '', source: null, state, reason: detail, problems });
  }
  const held = await hold(reader, found).catch((error: unknown) =>
    finish(reader, unreadable(found, error instanceof Error ? error.message : String(error))),
  );
  if ('members' in held) return held;
  if ('chunks' in held) return readLarge(reader, found, held.chunks);
  const { bytes, sha256, inspected } = held;
  const { content, problems } = inspected;
  if (content.kind === 'archive') return readArchive(reader, { found, sha256, problems }, content.bytes);
  const base = { found, sha256, source: null, problems: [...problems] };
  if (content.kind === 'text') {
    const outcome = readText(reader, base, content.text, bytes);
    if (content.inflated) hashContent(outcome.file, content.inflated);
    return outcome;
  }
  if (content.kind === 'parquet') return readParquet(reader, base, content.bytes);
  const unsupported =
    content.state === 'issue'
      ? [fileProblem('source.unsupported', `${content.what}: not read by this version`)]
      : [];
  return finish(reader, {
    ...base,
    state: content.state,
    reason: content.what,
    problems: [...problems, ...unsupported],
  });
}

interface Held {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly inspected: Inspected;
}
/** What is read in windows. */
interface Large {
  readonly chunks: AsyncIterable<Buffer> | readonly Buffer[];
}

/** What a file holds, or what became of it where that is clear by now. Fails when it cannot be read. */
async function hold(reader: Reader, found: FoundFile): Promise<Held | Large | Outcome> {
  const archive = await largeArchive(found);
  if (archive !== null) return readArchive(reader, { found, sha256: archive, problems: [] }, found.path);
  // A map reads a text that is held whole.
  const most = isMapped(reader, found) ? MAX_HELD : reader.limits.whole;
  const stored = found.bytes > most ? await largeContent(found) : await found.read();
  if (!Buffer.isBuffer(stored)) return stored;
  // Parquet is what others made of a log, see `readText`.
  if (isParquet(stored) && reader.putOff(rereadable(found, stored))) return NOTHING;
  const sha256 = createHash('sha256').update(stored).digest('hex');
  const isKnown = reader.isKnown(found.path, sha256) && !reader.isUnread(found.path, sha256);
  // Not so an archive: a kill between two batches can have left members out.
  if (isKnown && archiveKind(stored) === null) return NOTHING;
  if (stored.length >= LARGE && archiveKind(stored) !== null)
    return readArchive(reader, { found, sha256, problems: [] }, stored);
  const inspected = await inspect(stored, most);
  if (inspected === null) return { chunks: [stored] };
  return { bytes: stored, sha256, inspected };
}

/** A large file by its beginning: all of it when it is no text, which is read in windows. */
async function largeContent(found: FoundFile): Promise<Buffer | Large> {
  const { head, chunks } = await peek(found.chunks(), HEAD);
  const what = archiveKind(head) ? 'an archive in an archive' : isParquet(head) ? 'a Parquet file' : null;
  if (what === null) return { chunks };
  if (found.bytes > MAX_HELD) {
    await chunks.return();
    throw new Error(`${what} of more than ${MAX_HELD} bytes`);
  }
  const parts: Buffer[] = [];
  for await (const part of chunks) parts.push(part);
  return Buffer.concat(parts);
}

/** Digest files name the hash of the decompressed bytes; a log without records has no source. */
function hashContent(file: BatchFile | null, inflated: Buffer): void {
  if (file && (file.source === null || file.source.digested))
    file.contentSha256 = createHash('sha256').update(inflated).digest('hex');
}

function readText(
  reader: Reader,
  base: Omit<Draft, 'state' | 'reason'>,
  text: { bytes: Buffer; shift: number | null },
  stored: Buffer,
): Outcome {
  const sniffed = sniff(text.bytes);
  const damaged = isDamaged(base.problems);
  if (sniffed.kind === 'lines') {
    if (sniffed.format.source.endsWith('-flow')) reader.formats.learn(sniffed.format.fields);
    return readLines(reader, base, text, sniffed.format);
  }
  if (sniffed.kind === 'json') {
    reader.formats.learnFrom(text.bytes);
    return readPieces(reader, base, text, readJson);
  }
  if (sniffed.kind === 'table') {
    const { format } = sniffed;
    // Tables tell less than the logs that they were made of, which are to be in before them.
    if (reader.putOff(rereadable(base.found, stored))) return NOTHING;
    return readPieces(reader, base, text, (bytes, fileId, shift) => readTable(bytes, fileId, shift, format));
  }
  if (sniffed.kind === 'nameless') {
    if (reader.putOff(rereadable(base.found, stored))) return NOTHING;
    const format = reader.formats.match(sniffed.head);
    if (format) return readLines(reader, base, text, format);
    return finish(reader, {
      ...base,
      state: 'issue',
      reason: NAMELESS,
      problems: [...base.problems, fileProblem('flow.noFormat', NO_FORMAT)],
    });
  }
  const mapped = sniffed.state === 'not-evidence' ? readOther(reader, base, text) : null;
  if (mapped) return mapped;
  return finish(reader, {
    ...base,
    state: damaged ? 'issue' : sniffed.state,
    reason: damaged ? (base.problems[0]?.detail ?? '') : sniffed.what,
  });
}

/** A file that can be read again: what lies in an archive is kept, since its archive closes. */
function rereadable(found: FoundFile, stored: Buffer): FoundFile {
  return found.depth > 0 ? { ...found, read: () => Promise.resolve(stored) } : found;
}

function readLines(
  reader: Reader,
  base: Omit<Draft, 'state' | 'reason'>,
  text: { bytes: Buffer; shift: number | null },
  format: LineFormat,
): Outcome {
  const origin = pathOrigin(base.found.path);
  return readPieces(reader, base, text, (bytes, fileId, shift) =>
    wholeContent(new LogReader({ fileId, ...origin }, format), bytes, shift),
  );
}

function readPieces(
  reader: Reader,
  base: Omit<Draft, 'state' | 'reason'>,
  text: { bytes: Buffer; shift: number | null },
  read: (bytes: Buffer, fileId: number, shift: number | null) => FileContent,
): Outcome {
  const fileId = reader.nextFileId();
  const content = read(text.bytes, fileId, text.shift);
  const mapped = isRead(content) ? null : mappedContent(reader, base, { ...text, fileId });
  return take(reader, base, { fileId, shift: text.shift }, mapped ?? content);
}

const isRead = ({ loads, verdict }: FileContent) => loads.length > 0 || verdict?.state === 'context';

/** A text of no known kind, when a map is for it; null when none is, or finds no record in it. */
function readOther(
  reader: Reader,
  base: Omit<Draft, 'state' | 'reason'>,
  text: { bytes: Buffer; shift: number | null },
): Outcome | null {
  if (!isMapped(reader, base.found)) return null;
  const fileId = reader.nextFileId();
  const content = mappedContent(reader, base, { ...text, fileId });
  return content && take(reader, base, { fileId, shift: text.shift }, content);
}

/** What the first map that is for a file and finds records makes of it. */
function mappedContent(
  reader: Reader,
  base: Omit<Draft, 'state' | 'reason'>,
  { bytes, shift, fileId }: { bytes: Buffer; shift: number | null; fileId: number },
): FileContent | null {
  for (const map of reader.maps()) {
    const content = isFor(map, base.found.path) ? readMapped(bytes, fileId, shift, map) : null;
    if (content) return content;
  }
  return null;
}

async function readParquet(
  reader: Reader,
  base: Omit<Draft, 'state' | 'reason'>,
  bytes: Buffer,
): Promise<Outcome> {
  const fileId = reader.nextFileId();
  let content: FileContent;
  try {
    content = await reader.parquet.read(bytes, { fileId, ...pathOrigin(base.found.path) });
    if (!isRead(content) && isMapped(reader, base.found)) {
      const rows = await reader.parquet.rows(bytes);
      content = mappedContent(reader, base, { bytes: rows, shift: null, fileId }) ?? content;
    }
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const what = `Parquet file that cannot be read: ${detail}`;
    content = {
      loads: [],
      problems: [fileProblem('parquet.damaged', detail)],
      verdict: { state: 'issue', what },
      note: '',
    };
  }
  return take(reader, base, { fileId, shift: null }, content);
}

/** Puts what a file gave into the batch, and says what became of the file. */
function take(
  reader: Reader,
  base: Omit<Draft, 'state' | 'reason'>,
  { fileId, shift }: { fileId: number; shift: number | null },
  { loads, problems, verdict, note }: FileContent,
): Outcome {
  const source = loads[0]?.source ?? null;
  if (source === null && reader.isUnread(base.found.path, base.sha256)) return NOTHING;
  const all = [...base.problems, ...problems];
  const file: BatchFile = {
    ...base,
    fileId,
    source,
    state: stateOf(loads, verdict, base.problems),
    reason: reasonOf(loads, verdict, all, note),
    problems: all,
    lost: 0,
  };
  reader.batch().files.push(file);
  for (const load of loads) {
    // A whole export is spooled behind a prefix in place of its opening brace.
    const own = shift === null || load.prefixBytes === undefined ? null : shift + 1 - load.prefixBytes;
    reader.batch().load(file, load.source, { ...load, shift: own });
  }
  return { ...NOTHING, file, records: loads.reduce((sum, load) => sum + (load.records ?? 0), 0) };
}
