import { nested } from './dotted';
import type { JsonObject } from './json-object';
import type { Shape } from './shape';
import { recordsIn } from './envelope';
import type { Piece } from './split-records';
import { shapeOf } from './shapes';

/** How the rows of a table of text are to be read. */
export interface TableFormat {
  /** Byte between the cells: comma, semicolon or tab. */
  readonly delimiter: number;
  /** Names of the columns. */
  readonly header: readonly string[];
}

interface Row {
  readonly start: number;
  /** After the last cell, before the line end. */
  readonly end: number;
  readonly next: number;
  readonly cells: readonly string[];
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DELIMITERS = [0x2c, 0x09, 0x3b];
/** Rows beyond this are a quote that never closes. */
const MAX_ROW = 4 * 1024 ** 2;
/** Rows that a table is told by. */
const SAMPLE_ROWS = 4;

/** The format of a table whose first row of data is of a known shape; null for any other text. */
export function tableFormat(bytes: Buffer): TableFormat | null {
  const start = afterBlankLines(bytes);
  for (const delimiter of DELIMITERS) {
    const head = readRow(bytes, start, delimiter);
    const header = head.cells.map((cell) => cell.trim());
    if (new Set(header).size !== header.length || header.includes('')) continue;
    if (hasRecord(bytes, head.next, delimiter, header)) return { delimiter, header };
  }
  return null;
}

/** The format of a table of any rows: several named columns, and as many cells in the row behind; null for any other text. */
export function plainTable(bytes: Buffer): TableFormat | null {
  const start = afterBlankLines(bytes);
  for (const delimiter of DELIMITERS) {
    const head = readRow(bytes, start, delimiter);
    const header = head.cells.map((cell) => cell.trim());
    if (header.length < 2 || new Set(header).size !== header.length || header.includes('')) continue;
    if (readRow(bytes, head.next, delimiter).cells.length === header.length) return { delimiter, header };
  }
  return null;
}

/** Whether one of the first rows is of a known shape: the very first may be spoilt. */
function hasRecord(bytes: Buffer, from: number, delimiter: number, header: readonly string[]): boolean {
  let at = from;
  for (let row = 0; row < SAMPLE_ROWS && at < bytes.length; row += 1) {
    const { cells, next } = readRow(bytes, at, delimiter);
    const sample = objectOf(header, cells);
    if (sample && recordOf(sample).shape) return true;
    at = sample ? next : Math.min(next, lineEnd(bytes, at) + 1);
  }
  return false;
}

/** The rows of a table as pieces, each with its cells as the text of a JSON object; empty cells are left out. */
export function splitTable(bytes: Buffer, format: TableFormat): Generator<Piece, number> {
  return new TableWindows(format, 0).pieces(bytes, true);
}

/**
 * The same for a table that comes in windows: of each the rows that are complete, and where the next one is to begin. A row of
 * `most` bytes is waited for no more.
 */
export class TableWindows {
  readonly place = null;

  constructor(
    private readonly format: TableFormat,
    private readonly most: number,
    private isBehindHeader = false,
  ) {}

  *pieces(bytes: Buffer, isLast: boolean): Generator<Piece, number> {
    const { delimiter, header } = this.format;
    let at = this.isBehindHeader ? 0 : readRow(bytes, afterBlankLines(bytes), delimiter).next;
    this.isBehindHeader = true;
    while (at < bytes.length) {
      const row = rowAt(bytes, at, this.format);
      const left = bytes.length - at;
      const isCut = left < MAX_ROW || row.next >= bytes.length;
      if (!isLast && isCut && left < this.most) return at;
      at = row.next;
      const isBlank =
        row.end <= row.start || (row.cells.length > 0 && row.cells.every((cell) => cell === ''));
      if (isBlank || sameAs(header, row.cells)) continue;
      yield pieceOf(row, header);
    }
    return bytes.length;
  }
}

/** The row at a place. A quote that never closes takes its neighbours with it: the row then ends with its line. */
function rowAt(bytes: Buffer, at: number, { delimiter, header }: TableFormat): Row {
  const row = readRow(bytes, at, delimiter);
  const line = lineEnd(bytes, at);
  return row.cells.length !== header.length && row.end > line
    ? { start: at, end: line, next: line + 1, cells: [] }
    : row;
}

function pieceOf({ start, end, cells }: Row, header: readonly string[]): Piece {
  const base = { start, end, delivery: null };
  const object = objectOf(header, cells);
  if (object) {
    const { shape, text } = recordOf(object);
    return { ...base, shape, text, problem: null, keys: shape ? [] : header };
  }
  const detail = cells.length > 0 ? `${cells.length} cells instead of ${header.length}` : 'a cell never ends';
  return { ...base, shape: null, text: null, problem: { code: 'table.malformed', detail }, keys: [] };
}

/** What a row is: the record in one of its cells, itself, or the tree that its columns are paths of. */
function recordOf(row: JsonObject): { shape: Shape | null; text: string } {
  const text = JSON.stringify(row);
  const [inner] = recordsIn(text, row);
  const tree = inner && inner.text !== null ? null : nested(row);
  const shape = tree ? shapeOf(tree) : null;
  if (shape?.kind === 'record') return { shape, text: JSON.stringify(tree) };
  return { shape: inner?.shape ?? shapeOf(row), text: inner?.text ?? text };
}

function objectOf(
  header: readonly string[],
  cells: readonly string[],
): Readonly<Record<string, string>> | null {
  if (cells.length !== header.length) return null;
  return Object.fromEntries(
    header.flatMap((name, i): [string, string][] => {
      const cell = cells[i] ?? '';
      return cell === '' ? [] : [[name, cell]];
    }),
  );
}

/** Files that were joined repeat the header. */
function sameAs(header: readonly string[], cells: readonly string[]): boolean {
  return cells.length === header.length && cells.every((cell, i) => cell.trim() === header[i]);
}

/** One row by RFC 4180: a quoted cell may hold delimiters, line ends and doubled quotes. */
function readRow(bytes: Buffer, start: number, delimiter: number): Row {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = bytes[at] === QUOTE ? quotedCell(bytes, at, start + MAX_ROW) : null;
    const stop = cellEnd(bytes, cell ? cell.end : at, delimiter);
    const bare = bytes.toString('utf8', at, stop);
    cells.push(cell && cell.end === stop ? cell.text : bare.replace(/\r$/, ''));
    if (stop >= bytes.length) return { start, end: stop, next: stop, cells };
    if (bytes[stop] === LINE_FEED) {
      const end = stop > start && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop;
      return { start, end, next: stop + 1, cells };
    }
    at = stop + 1;
  }
}

/** The cell whose opening quote is at `at`; null when it does not close before the limit. */
function quotedCell(bytes: Buffer, at: number, limit: number): { text: string; end: number } | null {
  let close = bytes.indexOf(QUOTE, at + 1);
  while (close >= 0 && close < limit && bytes[close + 1] === QUOTE) close = bytes.indexOf(QUOTE, close + 2);
  if (close < 0 || close >= limit) return null;
  const end = bytes[close + 1] === CARRIAGE_RETURN && bytes[close + 2] === LINE_FEED ? close + 2 : close + 1;
  return { text: bytes.toString('utf8', at + 1, close).replaceAll('""', '"'), end };
}

function cellEnd(bytes: Buffer, from: number, delimiter: number): number {
  for (let i = from; i < bytes.length; i += 1) if (bytes[i] === delimiter || bytes[i] === LINE_FEED) return i;
  return bytes.length;
}

function lineEnd(bytes: Buffer, at: number): number {
  const feed = bytes.indexOf(LINE_FEED, at);
  return feed < 0 ? bytes.length : feed;
}

function afterBlankLines(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN)) at += 1;
  return at;
}
