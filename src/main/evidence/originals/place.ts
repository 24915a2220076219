import { flowFormat } from './flow-format';
import { skipSpace, valueEnd } from './json-scan';
import { splitRecords } from './split-records';

/** Where a record lies in the decoded text of its original, in bytes. */
interface Place {
  readonly start: number;
  readonly end: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const FIRST_LETTER = 0x61;
const HEAD = 8192;
const S3_EXPORT = /^\s*\{\s*"Records"\s*:\s*\[/;

/**
 * The place of record number `wanted` (1-based), counted as the import counted. `whole` says that every record of the
 * file was readable, so that the plain list of an S3 export can be counted without parsing it.
 */
export function placeOf(bytes: Buffer, kind: string, wanted: number, whole: boolean): Place | null {
  if (kind === 'vpc-flow') return linePlace(bytes, wanted);
  const list = whole ? S3_EXPORT.exec(bytes.toString('latin1', 0, HEAD)) : null;
  if (list) return elementPlace(bytes, list[0].length, wanted);
  let number = 0;
  for (const piece of splitRecords(bytes)) {
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

function linePlace(bytes: Buffer, wanted: number): Place | null {
  const format = flowFormat(bytes.toString('utf8', 0, HEAD));
  const header = format?.header ? format.fields.join(' ') : null;
  let number = 0;
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(LINE_FEED, start);
    let end = feed < 0 ? bytes.length : feed;
    while (end > start && (bytes[end - 1] === CARRIAGE_RETURN || bytes[end - 1] === 0x20)) end -= 1;
    if (end > start && !isHeaderLine(bytes, { start, end }, header)) number += 1;
    if (number === wanted && end > start) return { start, end };
    start = feed < 0 ? bytes.length : feed + 1;
  }
  return null;
}

/** Whether a line names the fields: the first of a file, and again in files that were joined. */
export function isHeaderLine(bytes: Buffer, { start, end }: Place, header: string | null): boolean {
  if (header === null || (bytes[start] as number) < FIRST_LETTER) return false;
  return bytes.toString('latin1', start, end).trim().split(/\s+/).join(' ') === header;
}
