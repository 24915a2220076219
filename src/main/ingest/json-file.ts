import { skipSpace, valueEnd } from '../evidence/originals/json-scan';
import { messageFormat } from '../evidence/originals/line-format';
import type { JsonObject } from '../evidence/originals/json-object';
import type { Shape } from '../evidence/originals/shape';
import { shapeOf } from '../evidence/originals/shapes';
import { splitRecords, type Piece } from '../evidence/originals/split-records';
import { splitTable, type TableFormat } from '../evidence/originals/split-table';
import { sourceOfShape } from '../sources';
import type { Source } from '../sources/source';
import { JsonLines } from './json-lines';
import { LineLoads } from './line-file';
import { NO_PATH } from './path-origin';
import { SAMPLE_LENGTH, type Problem } from './problem';
import type { FileContent, SpoolLines } from './file-content';

const S3_EXPORT = /^\s*\{\s*"Records"\s*:\s*\[/;
const S3_END = /\]\s*\}\s*$/;
const HEAD = 4096;
const TAIL = 256;
/** Larger exports are cut into lines that the engine takes with less memory. */
const MAX_PLAIN = 48 * 1024 ** 2;
/** Without its first quote, which is everywhere: what begins with a rare letter is found several times faster. */
const RECORDS_KEY = Buffer.from('Records"');
const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
/** Keys that make an unreadable text look like evidence, so that it is an issue and not merely no evidence. */
const EVIDENCE_WORDS =
  /"(?:eventVersion|eventName|userIdentity|eventSource|detail-type|schemaVersion|SchemaVersion|logEvents|Records|auditID|query_timestamp|webaclId|class_uid)"\s*:/;
const LIKE_JSON = /^\s*[[{]\s*["{[]/;

/** Takes the records out of a JSON text. `shift` turns places in it into places in the original. */
export function readJson(bytes: Buffer, fileId: number, shift: number | null): FileContent {
  const whole = plainExport(bytes, fileId);
  if (whole) return { loads: [whole], problems: [], verdict: null, note: '' };
  return fromPieces(bytes, fileId, shift, [...splitRecords(bytes)]);
}

/** Takes the records out of a table of text. */
export function readTable(
  bytes: Buffer,
  fileId: number,
  shift: number | null,
  format: TableFormat,
): FileContent {
  return fromPieces(bytes, fileId, shift, [...splitTable(bytes, format)]);
}

/** A whole S3 export goes to the engine as it is: nothing of it is parsed here but the first record. */
function plainExport(bytes: Buffer, fileId: number): SpoolLines | null {
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
  if (!source || shape?.id !== source.id) return null;
  const open = bytes.indexOf('{');
  const close = bytes.lastIndexOf('}') + 1;
  const feed = bytes.indexOf(LINE_FEED, open);
  if (feed >= 0 && feed < close) return null;
  if (hasRecordsKey(bytes, start[0].length)) return null;
  const prefix = Buffer.from(`{"f":${fileId},"o":0,`);
  return {
    source,
    fields: [],
    chunks: [prefix, bytes.subarray(open + 1, close), Buffer.from('\n')],
    prefixBytes: prefix.length - open,
    records: null,
    longestLine: close - open + 64,
  };
}

/** Whether the text has `"Records"` once more: then its list is not the only one. */
function hasRecordsKey(bytes: Buffer, from: number): boolean {
  let at = bytes.indexOf(RECORDS_KEY, from);
  while (at >= 0 && bytes[at - 1] !== QUOTE) at = bytes.indexOf(RECORDS_KEY, at + 1);
  return at >= 0;
}

function shapeAt(bytes: Buffer, start: number, end: number): Shape | null {
  try {
    return shapeOf(JSON.parse(bytes.toString('utf8', start, end)));
  } catch {
    return null;
  }
}

/** Any other delivery: the pieces of the text, each to the source that reads its shape. */
function fromPieces(
  bytes: Buffer,
  fileId: number,
  shift: number | null,
  pieces: readonly Piece[],
): FileContent {
  const out = new Loads(bytes, fileId);
  const left: { readonly piece: Piece; readonly index: number }[] = [];
  const context = new Map<string, number>();
  pieces.forEach((piece, index) => {
    if (out.add(piece, index)) return;
    if (piece.shape?.kind === 'context')
      context.set(piece.shape.what, (context.get(piece.shape.what) ?? 0) + 1);
    else left.push({ piece, index });
  });
  const loads = out.end();
  const [main] = loads;
  if (!main) return { loads, note: '', ...withoutSource(bytes, pieces) };
  const what = [...context].map(([name, n]) => `${name} (${n})`).join(', ');
  const note = what === '' ? '' : `besides: ${what}`;
  const { title } = main.source;
  return {
    loads,
    problems: left.map(({ piece, index }) =>
      pieceProblem(bytes, piece, { recordNo: index + 1, shift, title }),
    ),
    verdict: null,
    note,
  };
}

/** The records of one file on their way to the spools, by source and format. */
class Loads {
  private readonly objects = new Map<Source, JsonLines>();
  private readonly lines: LineLoads;

  constructor(
    private readonly bytes: Buffer,
    private readonly fileId: number,
  ) {
    this.lines = new LineLoads({ fileId, ...NO_PATH });
  }

  /** Takes a piece that is a record of a source; false when it is none, or nests deeper than it can be walked. */
  add(piece: Piece, index: number): boolean {
    try {
      return this.take(piece, index);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  private take(piece: Piece, index: number): boolean {
    const { shape, text, start, end } = piece;
    if (shape?.kind !== 'record') return false;
    const source = sourceOfShape(shape.id);
    const record = text === null ? this.bytes.subarray(start, end) : Buffer.from(text, 'utf8');
    if (!source) return this.addLine(record, index);
    if (source.document) {
      const values = source.document.read(shape.id, JSON.parse(record.toString('utf8')) as JsonObject);
      this.lines.addFields(source.document.format, values, index + 1);
      return true;
    }
    const own = source.normalise?.(shape.id, record.toString('utf8'), piece.delivery);
    let lines = this.objects.get(source);
    if (!lines) this.objects.set(source, (lines = new JsonLines(this.fileId)));
    lines.add(index, onOneLine(own === undefined ? record : Buffer.from(own, 'utf8')));
    return true;
  }

  /** Everything taken, the source with most records first. */
  end(): readonly SpoolLines[] {
    const objects = [...this.objects].map(([source, lines]): SpoolLines => {
      const { records, longestLine } = lines;
      return { source, fields: [], chunks: lines.end(), records, longestLine };
    });
    return [...objects, ...this.lines.end()].sort((a, b) => (b.records ?? 0) - (a.records ?? 0));
  }

  private addLine(record: Buffer, index: number): boolean {
    const format = messageFormat(record.toString('utf8'));
    const line = onOneLine(record);
    return (
      format !== null &&
      this.lines.add(line, { start: 0, end: line.length, number: index + 1 }, format) === null
    );
  }
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
  { recordNo, shift, title }: { recordNo: number; shift: number | null; title: string },
): Problem {
  const sample = bytes.toString('utf8', piece.start, Math.min(piece.end, piece.start + SAMPLE_LENGTH));
  const offset = shift === null ? null : piece.start + shift;
  if (piece.problem) return { ...piece.problem, recordNo, offset, sample };
  if (piece.shape?.kind === 'record' && !piece.shape.id.startsWith('line '))
    return {
      code: 'record.unreadable',
      recordNo,
      offset,
      detail: `a ${piece.shape.what} nested too deep`,
      sample,
    };
  const what = piece.shape ? `a ${piece.shape.what}` : 'no record of a known kind';
  return { code: 'record.unknown', recordNo, offset, detail: `${what} among ${title} records`, sample };
}

function withoutSource(bytes: Buffer, pieces: readonly Piece[]): Pick<FileContent, 'problems' | 'verdict'> {
  const shape = pieces.find((p) => p.shape)?.shape;
  if (shape?.kind === 'unsupported') return unsupported(shape.what);
  if (shape?.kind === 'context') return { problems: [], verdict: { state: 'context', what: shape.what } };
  const broken = pieces.find((p) => p.problem);
  const head = bytes.toString('latin1', 0, HEAD * 4);
  if (broken?.problem && (EVIDENCE_WORDS.test(head) || LIKE_JSON.test(head))) {
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
  const described = pieces.every((p) => !p.shape) ? wholeShape(bytes) : null;
  if (described?.kind === 'context')
    return { problems: [], verdict: { state: 'context', what: described.what } };
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

/** What a document is by its own keys when none of its lists holds anything known. */
function wholeShape(bytes: Buffer): Shape | null {
  const start = skipSpace(bytes, 0);
  return bytes.length > MAX_PLAIN ? null : shapeAt(bytes, start, bytes.length);
}

function unsupported(what: string): Pick<FileContent, 'problems' | 'verdict'> {
  const problem: Problem = {
    code: 'source.unsupported',
    recordNo: null,
    offset: null,
    detail: `${what}: not read by this version`,
    sample: '',
  };
  return { problems: [problem], verdict: { state: 'issue', what } };
}
