import { skipSpace, valueEnd } from '../evidence/originals/json-scan';
import type { TableFormat } from '../evidence/originals/split-table';
import { sourceOfShape } from '../sources';
import { wholeContent, type FileContent, type SpoolLines } from './file-content';
import { PieceReader, S3_EXPORT, shapeAt } from './piece-reader';

const S3_END = /\]\s*\}\s*$/;
const HEAD = 4096;
const TAIL = 256;
/** Larger exports are cut into lines that the engine takes with less memory. */
const MAX_PLAIN = 48 * 1024 ** 2;
/** Without its quotes: seven bytes that begin with a rare one are found five times faster than eight, or than a quote. */
const RECORDS_KEY = Buffer.from('Records');
const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Takes the records out of a JSON text that is held whole. `shift` turns places in it into places in the original. */
export function readJson(bytes: Buffer, fileId: number, shift: number | null): FileContent {
  const whole = plainExport(bytes, fileId);
  if (whole) return { loads: [whole], problems: [], verdict: null, note: '' };
  return wholeContent(PieceReader.ofJson(fileId), bytes, shift);
}

/** Takes the records out of a table of text. */
export function readTable(
  bytes: Buffer,
  fileId: number,
  shift: number | null,
  format: TableFormat,
): FileContent {
  return wholeContent(PieceReader.ofTable(fileId, format), bytes, shift);
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
  const isKey = (at: number) => bytes[at - 1] === QUOTE && bytes[at + RECORDS_KEY.length] === QUOTE;
  let at = bytes.indexOf(RECORDS_KEY, from);
  while (at >= 0 && !isKey(at)) at = bytes.indexOf(RECORDS_KEY, at + 1);
  return at >= 0;
}
