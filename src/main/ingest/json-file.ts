import { splitRecords, type Piece } from '../evidence/originals/split-records';
import { skipSpace, valueEnd } from '../evidence/originals/json-scan';
import { shapeOf, type Shape } from '../evidence/originals/shapes';
import { sourceOfShape } from '../sources';
import type { Source } from '../sources/source';
import { SAMPLE_LENGTH, type Problem } from './problem';

/** The lines for the spool that one file gives, and what could not be read of it. */
interface JsonFile {
  readonly source: Source | null;
  readonly chunks: readonly Uint8Array[];
  /** Records in `chunks`; null when only the engine counts them. */
  readonly records: number | null;
  /** Bytes of the longest line in `chunks`. */
  readonly longestLine: number;
  readonly problems: readonly Problem[];
  /** When there is no source: what it is. */
  readonly verdict: { readonly state: 'not-evidence' | 'context' | 'issue'; readonly what: string } | null;
}

const S3_EXPORT = /^\s*\{\s*"Records"\s*:\s*\[/;
const S3_END = /\]\s*\}\s*$/;
const HEAD = 4096;
const TAIL = 256;
/** Larger exports are cut into lines that the engine takes with less memory. */
const MAX_PLAIN = 48 * 1024 ** 2;
const CHUNK_BYTES = 8 * 1024 ** 2;
const RECORDS_KEY = Buffer.from('"Records"');
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
/** Keys that make an unreadable text look like evidence, so that it is an issue and not merely no evidence. */
const EVIDENCE_WORDS =
  /"(?:eventVersion|eventName|userIdentity|eventSource|detail-type|schemaVersion|logEvents|Records)"\s*:/;

/** Takes the records out of a JSON text. `shift` turns places in it into places in the original. */
export function readJson(bytes: Buffer, fileId: number, shift: number | null): JsonFile {
  return plainExport(bytes, fileId) ?? fromPieces(bytes, fileId, shift, [...splitRecords(bytes)]);
}

/** A whole S3 export goes to the engine as it is: nothing of it is parsed here but the first record. */
function plainExport(bytes: Buffer, fileId: number): JsonFile | null {
  const start = S3_EXPORT.exec(bytes.toString('latin1', 0, HEAD));
  if (
    !start ||
    bytes.length > MAX_PLAIN ||
    !S3_END.test(bytes.toString('latin1', Math.max(0, bytes.length - TAIL)))
  )
    return null;
  const first = skipSpace(bytes, start[0].length);
  const end = valueEnd(bytes, first);
  const shape = end < 0 ? null : shapeAt(bytes, first, end);
  const source = shape ? sourceOfShape(shape.id) : null;
  if (!source || source.normalise) return null;
  const open = bytes.indexOf('{');
  const close = bytes.lastIndexOf('}') + 1;
  const feed = bytes.indexOf(LINE_FEED, open);
  if (feed >= 0 && feed < close) return null;
  if (bytes.indexOf(RECORDS_KEY, start[0].length) >= 0) return null;
  return {
    source,
    chunks: [Buffer.from(`{"f":${fileId},"o":0,`), bytes.subarray(open + 1, close), Buffer.from('\n')],
    records: null,
    longestLine: close - open + 64,
    problems: [],
    verdict: null,
  };
}

function shapeAt(bytes: Buffer, start: number, end: number): Shape | null {
  try {
    return shapeOf(JSON.parse(bytes.toString('utf8', start, end)));
  } catch {
    return null;
  }
}

/** Any other delivery: the pieces of the text, of which those of one source are the records. */
function fromPieces(bytes: Buffer, fileId: number, shift: number | null, pieces: readonly Piece[]): JsonFile {
  const source = mainSource(pieces);
  if (!source)
    return { source: null, chunks: [], records: 0, longestLine: 0, ...withoutSource(bytes, pieces) };
  const problems: Problem[] = [];
  const writer = new LineWriter(fileId);
  pieces.forEach((piece, index) => {
    if (piece.shape && source.shapes.includes(piece.shape.id))
      writer.add(index, recordBytes(bytes, piece, source));
    else problems.push(pieceProblem(bytes, piece, index + 1, shift, source));
  });
  const chunks = writer.end();
  return {
    source,
    chunks,
    records: writer.records,
    longestLine: writer.longestLine,
    problems,
    verdict: null,
  };
}

/** The source of most records; the first one among equals. */
function mainSource(pieces: readonly Piece[]): Source | null {
  const counts = new Map<Source, number>();
  for (const { shape } of pieces) {
    const source = shape?.kind === 'record' ? sourceOfShape(shape.id) : null;
    if (source) counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  let best: Source | null = null;
  for (const [source, count] of counts) if (!best || count > (counts.get(best) ?? 0)) best = source;
  return best;
}

function recordBytes(bytes: Buffer, piece: Piece, source: Source): Buffer {
  const { shape, text, start, end } = piece;
  const slice = text === null ? bytes.subarray(start, end) : Buffer.from(text, 'utf8');
  const own =
    source.normalise && shape
      ? Buffer.from(source.normalise(shape.id, slice.toString('utf8')), 'utf8')
      : slice;
  return onOneLine(own);
}

/** Line ends between the parts of a record become blanks; inside its strings valid JSON has none. */
function onOneLine(record: Buffer): Buffer {
  if (record.indexOf(LINE_FEED) < 0) return record;
  const copy = Buffer.from(record);
  for (let i = 0; i < copy.length; i += 1)
    if (copy[i] === LINE_FEED || copy[i] === CARRIAGE_RETURN) copy[i] = SPACE;
  return copy;
}

function pieceProblem(
  bytes: Buffer,
  piece: Piece,
  recordNo: number,
  shift: number | null,
  source: Source,
): Problem {
  const sample = bytes.toString('utf8', piece.start, Math.min(piece.end, piece.start + SAMPLE_LENGTH));
  const offset = shift === null ? null : piece.start + shift;
  if (piece.problem) return { ...piece.problem, recordNo, offset, sample };
  const what = piece.shape ? `a ${piece.shape.what}` : 'no record of a known kind';
  return {
    code: 'record.unknown',
    recordNo,
    offset,
    detail: `${what} among ${source.title} records`,
    sample,
  };
}

function withoutSource(bytes: Buffer, pieces: readonly Piece[]): Pick<JsonFile, 'problems' | 'verdict'> {
  const shape = pieces.find((p) => p.shape)?.shape;
  if (shape?.kind === 'unsupported') return unsupported(shape.what);
  if (shape?.kind === 'context') return { problems: [], verdict: { state: 'context', what: shape.what } };
  const broken = pieces.find((p) => p.problem);
  if (broken?.problem && EVIDENCE_WORDS.test(bytes.toString('latin1', 0, HEAD * 4))) {
    const problem = {
      ...broken.problem,
      recordNo: pieces.indexOf(broken) + 1,
      offset: broken.start,
      sample: bytes.toString('utf8', broken.start, broken.start + SAMPLE_LENGTH),
    };
    return {
      problems: [problem],
      verdict: { state: 'issue', what: `JSON that cannot be read: ${broken.problem.detail}` },
    };
  }
  if (pieces.length === 0) {
    const what = S3_EXPORT.test(bytes.toString('latin1', 0, HEAD))
      ? 'log export without records'
      : 'JSON list without elements';
    return { problems: [], verdict: { state: 'not-evidence', what } };
  }
  const what = shape
    ? shape.what
    : broken
      ? 'text that is neither JSON nor a log of a known kind'
      : 'JSON without log records';
  return { problems: [], verdict: { state: 'not-evidence', what } };
}

function unsupported(what: string): Pick<JsonFile, 'problems' | 'verdict'> {
  const problem: Problem = {
    code: 'source.unsupported',
    recordNo: null,
    offset: null,
    detail: `${what}: not read by this version`,
    sample: '',
  };
  return { problems: [problem], verdict: { state: 'issue', what } };
}

/** Lines of `{"f":file,"o":records before,"Records":[...]}` for consecutive records, in pieces the engine takes easily. */
class LineWriter {
  records = 0;
  longestLine = 0;
  private readonly out: Buffer[] = [];
  private next = -1;
  private lineBytes = 0;

  constructor(private readonly fileId: number) {}

  add(index: number, record: Buffer): void {
    if (index === this.next && this.lineBytes < CHUNK_BYTES) this.out.push(Buffer.from(','), record);
    else {
      this.closeLine();
      this.out.push(Buffer.from(`{"f":${this.fileId},"o":${index},"Records":[`), record);
      this.lineBytes = 0;
    }
    this.next = index + 1;
    this.lineBytes += record.length + 1;
    this.longestLine = Math.max(this.longestLine, this.lineBytes + 64);
    this.records += 1;
  }

  end(): readonly Buffer[] {
    this.closeLine();
    return this.out;
  }

  private closeLine(): void {
    if (this.next >= 0) this.out.push(Buffer.from(']}\n'));
  }
}
