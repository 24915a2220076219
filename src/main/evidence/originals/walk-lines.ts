import type { LineFormat } from './line-format';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const FIRST_LETTER = 0x24;
const MAX_HEADER = 4096;

/**
 * Visits the record lines of a log in order, without their line ends and their CloudWatch time; stops when `visit`
 * gives false. Empty lines, headers and comments are no records.
 */
export function walkLines(
  bytes: Buffer,
  { header, comments, stamped }: Pick<LineFormat, 'header' | 'comments' | 'stamped'>,
  visit: (start: number, end: number) => boolean,
): void {
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const stop = feed < 0 ? bytes.length : feed;
    let end = stop;
    while (end > start && (bytes[end - 1] === CARRIAGE_RETURN || bytes[end - 1] === SPACE)) end -= 1;
    const from = stamped ? afterStamp(bytes, start, end) : start;
    const isRecord =
      end > from &&
      !(comments && bytes[from] === HASH) &&
      !(header !== null && isHeader(bytes, from, end, header));
    if (isRecord && !visit(from, end)) return;
    start = stop + 1;
  }
}

/** Bytes of the lines of a window that are complete; all of it when the last one has `most` bytes and does not end. */
export function completeLines(bytes: Buffer, most: number): number {
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  return bytes.length - end < most ? end : bytes.length;
}

function afterStamp(bytes: Buffer, start: number, end: number): number {
  const blank = bytes.indexOf(SPACE, start);
  return blank < 0 || blank >= end ? start : blank + 1;
}

/** Whether a line names the fields: the first of a file, and again in files that were joined. */
function isHeader(bytes: Buffer, start: number, end: number, header: string): boolean {
  if ((bytes[start] as number) < FIRST_LETTER || end - start > MAX_HEADER) return false;
  if ((bytes[start] as number) !== header.charCodeAt(0)) return false;
  return bytes.toString('latin1', start, end).trim().split(/\s+/).join(' ') === header;
}
