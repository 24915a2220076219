import { messageFormat, type LineFormat } from '../evidence/originals/line-format';
import { completeLines, walkLines } from '../evidence/originals/walk-lines';
import { sources } from '../sources';
import { LineBuffer } from './line-buffer';
import type { PathOrigin } from './path-origin';
import { SAMPLE_LENGTH, type Problem } from './problem';
import type { ContentReader, SpoolLines, WindowContent } from './file-content';

interface LineOrigin extends PathOrigin {
  readonly fileId: number;
}

/** Longer lines are no records; the engine's own limit is larger. */
const MAX_LINE = 64 * 1024;
/** Bytes of a line that its look is told by. */
const LOOK_LENGTH = 2048;

/**
 * Each record of a log behind its file, the account and Region of the path and its number. Logs that were joined hold lines of several
 * formats; lines of none become problems.
 */
export class LogReader implements ContentReader {
  recordNo = 0;
  readonly place = null;

  /** A line of `most` bytes is waited for no more. */
  constructor(
    private readonly origin: LineOrigin,
    private readonly format: LineFormat,
    private readonly most = 0,
  ) {}

  read({ bytes, shift, isLast }: Parameters<ContentReader['read']>[0]): WindowContent {
    const loads = new LineLoads(this.origin);
    const taken = isLast ? bytes.length : completeLines(bytes, this.most);
    loads.expect(this.format, taken);
    const problems: Problem[] = [];
    walkLines(bytes.subarray(0, taken), this.format, (start, end) => {
      this.recordNo += 1;
      const fields = loads.add(bytes, { start, end, number: this.recordNo }, this.format);
      if (fields === null) return true;
      problems.push({
        code: 'line.malformed',
        recordNo: this.recordNo,
        offset: shift === null ? null : start + shift,
        detail: fields < 0 ? 'no fields of such a log' : `${fields} fields instead of ${this.format.least}`,
        sample: bytes.toString('utf8', start, Math.min(end, start + SAMPLE_LENGTH)),
      });
      return true;
    });
    return { loads: loads.end(), problems, taken };
  }

  end(): ReturnType<ContentReader['end']> {
    const what = 'names the fields of a flow log and holds no records';
    return {
      problems: null,
      verdict: this.recordNo === 0 ? { state: 'context', what } : null,
      note: '',
    };
  }
}

/** The columns of the spooled lines of a format: its fields, and where it may have more, those as one JSON list. */
function spooledFields(format: LineFormat): readonly string[] {
  return format.more === 'kept' ? [...format.fields, 'more'] : format.fields;
}

interface LineLoad {
  readonly out: LineBuffer;
  records: number;
}

/** Record lines on their way to the spools, by format. */
export class LineLoads {
  private readonly loads = new Map<LineFormat, LineLoad>();
  private readonly prefix: string;

  constructor({ fileId, account, region }: LineOrigin) {
    this.prefix = `${fileId}\t${account ?? '-'}\t${region ?? '-'}\t`;
  }

  /** Makes room for so many bytes of lines of a format. */
  expect(format: LineFormat, size: number): LineLoad {
    let load = this.loads.get(format);
    if (!load) {
      load = { out: new LineBuffer(size, this.prefix, format), records: 0 };
      this.loads.set(format, load);
    }
    return load;
  }

  /** Takes a line in the given format or in another that its look tells. Null when it was taken, else its number of fields. */
  add(bytes: Buffer, { start, end, number }: Line, format: LineFormat): number | null {
    const look = format.sign ? lookOf(bytes, start, end) : '';
    const fields =
      !format.sign || format.sign.test(look) ? this.put(bytes, { start, end, number }, format) : -1;
    if (fields === null) return null;
    const other = messageFormat(look === '' ? lookOf(bytes, start, end) : look);
    const isOther = other !== null && other !== format;
    return isOther && this.put(bytes, { start, end, number }, other) === null ? null : fields;
  }

  /** Takes a line whose fields are told already: texts, by the names of the format. */
  addFields(format: LineFormat, values: Readonly<Record<string, string>>, number: number): void {
    const cells = format.fields.map((field) => (values[field] ?? '-').replace(/[\0-\x1f]/g, ' '));
    const line = Buffer.from(cells.join('\t'), 'utf8');
    this.put(line, { start: 0, end: line.length, number }, format);
  }

  /** Everything taken, the format with most records first. */
  end(): SpoolLines[] {
    const loads = [...this.loads].flatMap(([format, { out, records }]): SpoolLines[] => {
      const source = sources.get(format.source);
      return source && records > 0
        ? [{ source, fields: spooledFields(format), chunks: [out.bytes()], records, longestLine: 0 }]
        : [];
    });
    return loads.sort((a, b) => (b.records ?? 0) - (a.records ?? 0));
  }

  private put(bytes: Buffer, { start, end, number }: Line, format: LineFormat): number | null {
    const load = this.expect(format, 0);
    const fields = end - start > MAX_LINE ? -1 : load.out.add(bytes, start, end, number);
    if (!load.out.accepts(fields)) return fields;
    load.out.keep();
    load.records += 1;
    return null;
  }
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

function lookOf(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, Math.min(end, start + LOOK_LENGTH));
}
