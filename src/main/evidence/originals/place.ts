import { skipSpace, valueEnd } from './json-scan';
import { lineFormat, namelessFlow } from './line-format';
import { JsonWindows, splitRecords, type JsonPlace, type Piece } from './split-records';
import { splitTable, tableFormat, TableWindows, type TableFormat } from './split-table';
import { completeLines, walkLines } from './walk-lines';
import { WINDOWS, type TextWindows, type Window } from './windows';

/** Where a record lies in the decoded text of its original, in bytes. */
interface Place {
  readonly start: number;
  readonly end: number;
}

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const HEAD = 16 * 1024;
/** Records from mark to mark. */
const MARKED = 256;
const S3_EXPORT = /^\s*\{\s*"Records"\s*:\s*\[/;

/**
 * The place of record number `wanted` (1-based), counted as the import counted. `whole` says that every record of the
 * file was readable, so that the plain list of an S3 export can be counted without parsing it; `marks` keeps where every
 * so many of its records begin, for the next question about the same text.
 */
export function placeOf(bytes: Buffer, wanted: number, whole: boolean, marks: number[] = []): Place | null {
  const head = bytes.toString('utf8', 0, HEAD);
  const list = whole ? S3_EXPORT.exec(head) : null;
  if (list) return elementPlace(bytes, list[0].length, wanted, marks);
  const { format, table } = formatsOf(bytes);
  if (format) return countLines(bytes, format, wanted).place;
  return countPieces(table ? splitTable(bytes, table) : splitRecords(bytes), wanted).place;
}

/** A place in a text too large to be held, from which on its records are counted. */
interface Start {
  readonly inside: JsonPlace['inside'] | null;
  readonly sign: string | null;
  readonly recordsBefore: number;
}

/** The same in windows of the text from a checkpoint on; `head` is the beginning of the whole text. */
export async function placeInWindows(
  windows: TextWindows,
  head: Buffer,
  { inside, sign, recordsBefore }: Start,
  wanted: number,
): Promise<{ readonly place: Place; readonly window: Window } | null> {
  const { format, table } = inside === null ? formatsOf(head) : { format: null, table: null };
  const reader = table
    ? new TableWindows(table, WINDOWS.most, recordsBefore > 0)
    : new JsonWindows(WINDOWS.most, { inside: inside ?? 'text', sign });
  let before = recordsBefore;
  for (let window = await windows.next(0); window;) {
    const { bytes, isLast } = window;
    const end = format && !isLast ? completeLines(bytes, WINDOWS.most) : bytes.length;
    const found = format
      ? countLines(bytes.subarray(0, end), format, wanted - before)
      : countPieces(reader.pieces(bytes, isLast), wanted - before);
    if (found.place) return { place: found.place, window };
    before += found.count;
    window = isLast ? null : await windows.next(format ? end : found.taken);
  }
  return null;
}

/** How a text that is no JSON is read. */
function formatsOf(bytes: Buffer): { format: Lines | null; table: TableFormat | null } {
  const head = bytes.toString('utf8', 0, HEAD);
  const opens = bytes[skipSpace(bytes, 0)];
  if (opens === OPEN_BRACE || opens === OPEN_BRACKET) return { format: null, table: null };
  const table = tableFormat(bytes);
  return { format: lineFormat(head) ?? (table ? null : namelessFlow(head)), table };
}

type Lines = Parameters<typeof walkLines>[1];
interface Counted {
  readonly place: Place | null;
  readonly count: number;
  /** Bytes after which the next window begins. */
  readonly taken: number;
}

function countPieces(pieces: Generator<Piece, number>, wanted: number): Counted {
  let count = 0;
  let next = pieces.next();
  for (; next.done !== true; next = pieces.next()) {
    count += 1;
    if (count === wanted) return { place: next.value, count, taken: 0 };
  }
  return { place: null, count, taken: next.value };
}

function countLines(bytes: Buffer, format: Lines, wanted: number): Counted {
  let count = 0;
  let place: Place | null = null;
  walkLines(bytes, format, (start, end) => {
    count += 1;
    if (count === wanted) place = { start, end };
    return place === null;
  });
  return { place, count, taken: bytes.length };
}

function elementPlace(bytes: Buffer, from: number, wanted: number, marks: number[]): Place | null {
  marks[0] ??= skipSpace(bytes, from);
  const mark = Math.min(marks.length - 1, Math.floor((wanted - 1) / MARKED));
  let start = marks[mark] as number;
  for (let number = mark * MARKED + 1; start < bytes.length && bytes[start] !== 0x5d; number += 1) {
    if ((number - 1) % MARKED === 0) marks[(number - 1) / MARKED] = start;
    const end = valueEnd(bytes, start);
    if (end < 0) return null;
    if (number === wanted) return { start, end };
    start = skipSpace(bytes, end);
    if (bytes[start] === 0x2c) start = skipSpace(bytes, start + 1);
  }
  return null;
}
