import { skipSpace, valueEnd } from './json-scan';
import { lineFormat, namelessFlow } from './line-format';
import { splitRecords } from './split-records';
import { splitTable, tableFormat } from './split-table';
import { walkLines } from './walk-lines';

/** Where a record lies in the decoded text of its original, in bytes. */
interface Place {
  readonly start: number;
  readonly end: number;
}

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const HEAD = 16 * 1024;
const S3_EXPORT = /^\s*\{\s*"Records"\s*:\s*\[/;

/**
 * The place of record number `wanted` (1-based), counted as the import counted. `whole` says that every record of the
 * file was readable, so that the plain list of an S3 export can be counted without parsing it.
 */
export function placeOf(bytes: Buffer, wanted: number, whole: boolean): Place | null {
  const head = bytes.toString('utf8', 0, HEAD);
  const list = whole ? S3_EXPORT.exec(head) : null;
  if (list) return elementPlace(bytes, list[0].length, wanted);
  const opens = bytes[skipSpace(bytes, 0)];
  const isJson = opens === OPEN_BRACE || opens === OPEN_BRACKET;
  const table = isJson ? null : tableFormat(bytes);
  const format = isJson ? null : (lineFormat(head) ?? (table ? null : namelessFlow(head)));
  if (format) return linePlace(bytes, format, wanted);
  let number = 0;
  for (const piece of table ? splitTable(bytes, table) : splitRecords(bytes)) {
    number += 1;
    if (number === wanted) return piece;
  }
  return null;
}

function elementPlace(bytes: Buffer, from: number, wanted: number): Place | null {
  let start = skipSpace(bytes, from);
  for (let number = 1; start < bytes.length && bytes[start] !== 0x5d; number += 1) {
    const end = valueEnd(bytes, start);
    if (end < 0) return null;
    if (number === wanted) return { start, end };
    start = skipSpace(bytes, end);
    if (bytes[start] === 0x2c) start = skipSpace(bytes, start + 1);
  }
  return null;
}

function linePlace(bytes: Buffer, format: Parameters<typeof walkLines>[1], wanted: number): Place | null {
  let number = 0;
  let place: Place | null = null;
  walkLines(bytes, format, (start, end) => {
    number += 1;
    if (number === wanted) place = { start, end };
    return place === null;
  });
  return place;
}
