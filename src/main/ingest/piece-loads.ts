import { messageFormat } from '../evidence/originals/line-format';
import type { JsonObject } from '../evidence/originals/json-object';
import type { Piece } from '../evidence/originals/split-records';
import { sourceOfShape } from '../sources';
import type { Source } from '../sources/source';
import type { SpoolLines } from './file-content';
import { JsonLines } from './json-lines';
import { LineLoads } from './line-file';
import { NO_PATH } from './path-origin';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/** The records of a text, or of a window of one, on their way to the spools, by source and format. */
export class PieceLoads {
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
