import type { LineFormat } from '../evidence/originals/line-format';
import { walkLines } from '../evidence/originals/walk-lines';
import { LineBuffer } from './line-buffer';
import { SAMPLE_LENGTH, type Problem } from './problem';

/** The lines for the spool that one log gives, and what could not be read of it. */
interface LineFile {
  readonly chunk: Buffer;
  readonly records: number;
  readonly problems: readonly Problem[];
}

interface LineOrigin {
  readonly fileId: number;
  /** Region that the path names: several formats have no such field. */
  readonly region: string | null;
}

/** Longer lines are no records; the engine's own limit is larger. */
const MAX_LINE = 64 * 1024;

/**
 * Each record of a log behind its file, the Region of the path and its number. Lines whose number of fields the format
 * does not have become problems. `shift` turns places in the text into places in the original.
 */
export function readLines(
  bytes: Buffer,
  { fileId, region }: LineOrigin,
  shift: number | null,
  format: LineFormat,
): LineFile {
  const out = new LineBuffer(bytes.length, `${fileId}\t${region ?? '-'}\t`, format);
  const problems: Problem[] = [];
  let number = 0;
  let records = 0;
  walkLines(bytes, format, (start, end) => {
    number += 1;
    const fields = end - start > MAX_LINE ? -1 : out.add(bytes, start, end, number);
    if (out.accepts(fields)) {
      out.keep();
      records += 1;
    } else {
      problems.push({
        code: 'line.malformed',
        recordNo: number,
        offset: shift === null ? null : start + shift,
        detail: fields < 0 ? 'no fields of such a log' : `${fields} fields instead of ${format.least}`,
        sample: bytes.toString('utf8', start, Math.min(end, start + SAMPLE_LENGTH)),
      });
    }
    return true;
  });
  return { chunk: out.bytes(), records, problems };
}

/** The columns of the spooled lines of a format: its fields, and where it may have more, those as one JSON list. */
export function spooledFields(format: LineFormat): readonly string[] {
  return format.more === 'kept' ? [...format.fields, 'more'] : format.fields;
}
