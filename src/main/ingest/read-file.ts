import { createHash } from 'node:crypto';
import { archiveKind } from '../evidence/originals/archive';
import type { LineFormat } from '../evidence/originals/line-format';
import { isParquet } from '../evidence/originals/parquet';
import { LARGE, largeArchive, readArchive } from './archive-file';
import type { BatchFile } from './batch';
import type { FoundFile } from './discover';
import { finish, NOTHING, type Draft, type Outcome, type Reader } from './file-outcome';
import { fileProblem, inspect, type Inspected } from './inspect';
import { readJson, readTable } from './json-file';
import type { FileContent } from './file-content';
import { NAMELESS } from './flow-formats';
import { readLog } from './line-file';
import { readMapped } from './mapped-file';
import { pathOrigin } from './path-origin';
import { sniff } from './sniff';
import { isFor } from '../sources/mapped/source-map';

const NO_FORMAT =
  'the log has no header: open it again with --flow-format and its fields, or with a file beside it that has its line of field names or the answer of DescribeFlowLogs';
/** Codes of what broke off in decompression. */
const DAMAGE = /^(?:gzip|zstd)\./;

/** Reads one file into the batch: its records as lines of a spool, and its verdict. Never fails for what a file holds. */
export async function readFile(reader: Reader, found: FoundFile): Promise<Outcome> {
  if (found.problem) {
    const { code, detail, state } = found.problem;
    const problems = state === 'issue' ? [fileProblem(code, detail)] : [];
    return finish(reader, { found, sha256: '', source: null, state, reason: detail, problems });
  }
  let inspected: Inspected;
  let bytes: Buffer;
  let sha256: string;
  try {
    const archive = await largeArchive(found);
    if (archive !== null)
      return await readArchive(reader, { found, sha256: archive, problems: [] }, found.path);
    bytes = await found.read();
    // Parquet is what others made of a log, see `readText`.
    if (isParquet(bytes) && reader.putOff(rereadable(found, bytes))) return NOTHING;
    sha256 = createHash('sha256').update(bytes).digest('hex');
    // Not so an archive: a kill between two batches can have left members out.
    if (
      reader.isKnown(found.path, sha256) &&
      !reader.isUnread(found.path, sha256) &&
      archiveKind(bytes) === null
    )
      return NOTHING;
    if (bytes.length >= LARGE && archiveKind(bytes) !== null)
      return await readArchive(reader, { found, sha256, problems: [] }, bytes);
    inspected = await inspect(bytes);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const code = found.depth > 0 ? 'archive.damaged' : 'path.unreadable';
    return finish(reader, {
      found,
      sha256: '',
      source: null,
      state: 'issue',
      reason: detail,
      problems: [fileProblem(code, detail)],
    });
  }
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
  const damaged = base.problems.some((p) => DAMAGE.test(p.code));
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
    readLog(bytes, { fileId, ...origin }, shift, format),
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
  if (!reader.maps.some((map) => isFor(map, base.found.path))) return null;
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
  for (const map of reader.maps) {
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
    if (!isRead(content) && reader.maps.some((map) => isFor(map, base.found.path))) {
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
  const damaged = base.problems.some((p) => DAMAGE.test(p.code));
  const isContext = source !== null && loads.every((load) => load.source.timeColumn === null);
  const state = damaged && !source ? 'issue' : (verdict?.state ?? (isContext ? 'context' : 'imported'));
  const all = [...base.problems, ...problems];
  const file: BatchFile = {
    ...base,
    fileId,
    source,
    state,
    reason:
      verdict?.what ??
      (all.length === 0 ? [...(isContext ? titlesOf(loads) : []), note].filter(Boolean).join('; ') : ''),
    problems: all,
    lost: 0,
  };
  reader.batch.files.push(file);
  for (const load of loads) {
    // A whole export is spooled behind a prefix in place of its opening brace.
    const own = shift === null || load.prefixBytes === undefined ? null : shift + 1 - load.prefixBytes;
    reader.batch.load(file, load.source, { ...load, shift: own });
  }
  return { ...NOTHING, file, records: loads.reduce((sum, load) => sum + (load.records ?? 0), 0) };
}

function titlesOf(loads: FileContent['loads']): readonly string[] {
  return [...new Set(loads.map((load) => load.source.title))];
}
