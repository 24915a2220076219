import { skipSpace } from '../evidence/originals/json-scan';
import type { Shape } from '../evidence/originals/shape';
import { shapeOf } from '../evidence/originals/shapes';
import { JsonWindows, type JsonPlace, type Piece } from '../evidence/originals/split-records';
import { TableWindows, type TableFormat } from '../evidence/originals/split-table';
import type { ContentReader, FileContent, WindowContent } from './file-content';
import { PieceLoads } from './piece-loads';
import { SAMPLE_LENGTH, type Problem } from './problem';

export const S3_EXPORT = /^\s*\{\s*"Records"\s*:\s*\[/;
const HEAD = 4096;
/** Largest text that is told by its own keys when none of its lists holds anything known. */
const MAX_DESCRIBED = 48 * 1024 ** 2;
/** Keys that make an unreadable text look like evidence, so that it is an issue and not merely no evidence. */
const EVIDENCE_WORDS =
  /"(?:eventVersion|eventName|userIdentity|eventSource|detail-type|schemaVersion|SchemaVersion|logEvents|Records|auditID|query_timestamp|webaclId|class_uid)"\s*:/;
const LIKE_JSON = /^\s*[[{]\s*["{[]/;

interface Pieces {
  readonly place: JsonPlace | null;
  pieces(bytes: Buffer, isLast: boolean): Generator<Piece, number>;
}

/** Any delivery that is no whole export: the pieces of the text, each to the source that reads its shape. */
export class PieceReader implements ContentReader {
  recordNo = 0;
  /** Title of the source with most records in the first window that has any. */
  private title: string | null = null;
  private readonly context = new Map<string, number>();
  /** What the pieces were, for a text without records. */
  private shape: Shape | null = null;
  private broken: Problem | null = null;
  private begin: Buffer | null = null;
  private isWhole = false;

  private constructor(
    private readonly fileId: number,
    private readonly windows: Pieces,
  ) {}

  /** A record of `most` bytes that does not end is waited for no more. */
  static ofJson(fileId: number, most = 0): PieceReader {
    return new PieceReader(fileId, new JsonWindows(most));
  }

  static ofTable(fileId: number, format: TableFormat, most = 0): PieceReader {
    return new PieceReader(fileId, new TableWindows(format, most));
  }

  get place(): JsonPlace | null {
    return this.windows.place;
  }

  read({ bytes, shift, isLast }: Parameters<ContentReader['read']>[0]): WindowContent {
    this.isWhole = this.begin === null && isLast && bytes.length <= MAX_DESCRIBED;
    this.begin ??= this.isWhole ? bytes : Buffer.from(bytes.subarray(0, HEAD * 4));
    const out = new PieceLoads(bytes, this.fileId);
    const left: { readonly piece: Piece; readonly recordNo: number }[] = [];
    const pieces = this.windows.pieces(bytes, isLast);
    let next = pieces.next();
    for (; next.done !== true; next = pieces.next()) {
      const piece = next.value;
      this.recordNo += 1;
      this.shape ??= piece.shape;
      if (out.add(piece, this.recordNo - 1)) continue;
      if (piece.shape?.kind === 'context') this.count(piece.shape.what);
      else left.push({ piece, recordNo: this.recordNo });
    }
    const loads = out.end();
    this.title ??= loads[0]?.source.title ?? null;
    const problems = left.map(({ piece, recordNo }) =>
      pieceProblem(bytes, piece, { recordNo, shift, title: this.title ?? 'other' }),
    );
    this.broken ??= problems[left.findIndex(({ piece }) => piece.problem)] ?? null;
    return { loads, problems, taken: next.value };
  }

  end(): ReturnType<ContentReader['end']> {
    if (this.title === null) return { note: '', ...this.withoutSource() };
    const what = [...this.context].map(([name, n]) => `${name} (${n})`).join(', ');
    return { problems: null, verdict: null, note: what === '' ? '' : `besides: ${what}` };
  }

  private count(what: string): void {
    this.context.set(what, (this.context.get(what) ?? 0) + 1);
  }

  private withoutSource(): Pick<FileContent, 'problems' | 'verdict'> {
    const { shape, broken } = this;
    const begin = this.begin ?? Buffer.alloc(0);
    if (shape?.kind === 'unsupported') return unsupported(shape.what);
    if (shape?.kind === 'context') return { problems: [], verdict: { state: 'context', what: shape.what } };
    const head = begin.toString('latin1', 0, HEAD * 4);
    if (broken && (EVIDENCE_WORDS.test(head) || LIKE_JSON.test(head)))
      return {
        problems: [broken],
        verdict: { state: 'issue', what: `JSON that cannot be read: ${broken.detail}` },
      };
    const described = shape === null && this.isWhole ? wholeShape(begin) : null;
    if (described?.kind === 'context')
      return { problems: [], verdict: { state: 'context', what: described.what } };
    if (this.recordNo === 0) {
      const what = S3_EXPORT.test(head) ? 'log export without records' : 'JSON list without elements';
      return { problems: [], verdict: { state: 'not-evidence', what } };
    }
    const what = shape
      ? shape.what
      : broken
        ? 'text that is neither JSON nor a log of a known kind'
        : 'JSON without log records';
    return { problems: [], verdict: { state: 'not-evidence', what } };
  }
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

/** What a document is by its own keys when none of its lists holds anything known. */
function wholeShape(bytes: Buffer): Shape | null {
  return shapeAt(bytes, skipSpace(bytes, 0), bytes.length);
}

/** The shape of a stretch of JSON text; null when it is none, or of no known shape. */
export function shapeAt(bytes: Buffer, start: number, end: number): Shape | null {
  try {
    return shapeOf(JSON.parse(bytes.toString('utf8', start, end)));
  } catch {
    return null;
  }
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
