import type { FlowFormat } from '../evidence/originals/flow-format';
import { isHeaderLine } from '../evidence/originals/place';
import { SAMPLE_LENGTH, type Problem } from './problem';

/** The lines for the spool that one flow log gives, and what could not be read of it. */
interface LineFile {
  readonly chunk: Buffer;
  readonly records: number;
  readonly problems: readonly Problem[];
}

interface LineOrigin {
  readonly fileId: number;
  /** Region that the path names: the default format has no such field. */
  readonly region: string | null;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
/** Longer lines are no flow records; the engine's own limit is larger. */
const MAX_LINE = 64 * 1024;

/**
 * Each line of a flow log behind its file, the Region of the path and its number. Lines with another number of fields than
 * the format has become problems. `shift` turns places in the text into places in the original.
 */
export function readLines(
  bytes: Buffer,
  { fileId, region }: LineOrigin,
  shift: number | null,
  format: FlowFormat,
): LineFile {
  const header = format.header ? format.fields.join(' ') : null;
  const out = new LineBuffer(bytes.length, `${fileId} ${region ?? '-'} `);
  const problems: Problem[] = [];
  let number = 0;
  let records = 0;
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const stop = feed < 0 ? bytes.length : feed;
    let end = stop;
    while (end > start && (bytes[end - 1] === CARRIAGE_RETURN || bytes[end - 1] === SPACE)) end -= 1;
    if (end > start && !isHeaderLine(bytes, { start, end }, header)) {
      number += 1;
      const fields = end - start > MAX_LINE ? -1 : out.add(bytes, start, end, number);
      if (fields === format.fields.length) {
        out.keep();
        records += 1;
      } else problems.push(malformed(bytes, { start, end }, { number, fields, format, shift }));
    }
    start = stop + 1;
  }
  return { chunk: out.bytes(), records, problems };
}

interface Malformed {
  readonly number: number;
  readonly fields: number;
  readonly format: FlowFormat;
  readonly shift: number | null;
}

function malformed(
  bytes: Buffer,
  { start, end }: { start: number; end: number },
  { number, fields, format, shift }: Malformed,
): Problem {
  return {
    code: 'flow.malformed',
    recordNo: number,
    offset: shift === null ? null : start + shift,
    detail: fields < 0 ? 'no fields of a flow record' : `${fields} fields instead of ${format.fields.length}`,
    sample: bytes.toString('utf8', start, Math.min(end, start + SAMPLE_LENGTH)),
  };
}

/** Lines being put together in one growing buffer; a line counts when it is kept, else the next one overwrites it. */
class LineBuffer {
  private out: Buffer;
  private kept = 0;
  private at = 0;
  private readonly prefix: Buffer;

  constructor(size: number, prefix: string) {
    this.out = Buffer.allocUnsafe(size + Math.ceil(size / 8) + 1024);
    this.prefix = Buffer.from(prefix);
  }

  /** Writes a line with blanks made single; gives its number of fields, -1 for bytes that no field has. */
  add(bytes: Buffer, start: number, end: number, number: number): number {
    this.reserve(end - start + this.prefix.length + 16);
    const { out } = this;
    let at = this.kept;
    at += this.prefix.copy(out, at);
    at += out.write(`${number} `, at, 'latin1');
    let fields = 0;
    let inField = false;
    for (let i = start; i < end; i += 1) {
      const c = bytes[i] as number;
      if (c === SPACE || c === TAB) {
        if (inField) out[at++] = SPACE;
        inField = false;
        continue;
      }
      if (c < SPACE || c === QUOTE) return -1;
      if (!inField) fields += 1;
      inField = true;
      out[at++] = c;
    }
    out[at++] = LINE_FEED;
    this.at = at;
    return fields;
  }

  keep(): void {
    this.kept = this.at;
  }

  bytes(): Buffer {
    return this.out.subarray(0, this.kept);
  }

  private reserve(more: number): void {
    if (this.kept + more <= this.out.length) return;
    const larger = Buffer.allocUnsafe(this.out.length * 2 + more);
    this.out.copy(larger, 0, 0, this.kept);
    this.out = larger;
  }
}
