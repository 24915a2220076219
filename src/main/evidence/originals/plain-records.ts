import { isObject, type JsonObject } from './json-object';
import { members, skipSpace, valueEnd } from './json-scan';
import { plainTable, splitTable } from './split-table';

/** A record of a file that no source reads, or a stretch that cannot be read, in the order of the text. */
export interface PlainRecord {
  readonly start: number;
  readonly end: number;
  readonly value: JsonObject | null;
  /** Set when there is no value. */
  readonly problem: { readonly code: string; readonly detail: string } | null;
}

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

/**
 * The records of any text: objects of JSON documents, lists or lines, or rows of a table with a header. `path` leads to the
 * list inside each document. A broken record is one problem; its neighbours are kept.
 */
export function* plainRecords(bytes: Buffer, path: string): Generator<PlainRecord> {
  const first = skipSpace(bytes, 0);
  if (bytes[first] === OPEN_BRACE || bytes[first] === OPEN_BRACKET) {
    const keys = path === '' ? [] : path.split('.');
    let at = first;
    while (at < bytes.length) {
      at = skipSpace(bytes, yield* document(bytes, at, keys));
      if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
    }
    return;
  }
  const table = plainTable(bytes);
  if (table === null) return;
  for (const { start, end, text, problem } of splitTable(bytes, table))
    yield { start, end, value: text === null ? null : (JSON.parse(text) as JsonObject), problem };
}

function* document(bytes: Buffer, at: number, keys: readonly string[]): Generator<PlainRecord, number> {
  if (bytes[at] === OPEN_BRACKET && keys.length === 0) return yield* list(bytes, at);
  const end = valueEnd(bytes, at);
  const inner = keys.length === 0 ? at : placeOf(bytes, at, keys);
  if (inner >= 0 && bytes[inner] === OPEN_BRACKET) {
    const stop = yield* list(bytes, inner);
    return end < 0 ? Math.max(stop, lineEnd(bytes, stop)) : end;
  }
  if (keys.length > 0 && end >= 0) {
    yield failed(at, end, 'record.unknown', `no list at ${keys.join('.')}`);
    return end;
  }
  return yield* element(bytes, at);
}

/** The list at a path of keys; -1 when there is none. */
function placeOf(bytes: Buffer, at: number, keys: readonly string[]): number {
  let place = at;
  for (const key of keys) {
    const member = bytes[place] === OPEN_BRACE ? members(bytes, place).find((m) => m.key === key) : undefined;
    if (!member) return -1;
    place = member.valueStart;
  }
  return place;
}

function* list(bytes: Buffer, open: number): Generator<PlainRecord, number> {
  let at = skipSpace(bytes, open + 1);
  while (at < bytes.length && bytes[at] !== CLOSE_BRACKET) {
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
    else at = skipSpace(bytes, yield* element(bytes, at));
  }
  return Math.min(bytes.length, at + 1);
}

/** One value; one that does not end, or is no JSON, goes to the end of its line. */
function* element(bytes: Buffer, at: number): Generator<PlainRecord, number> {
  const end = valueEnd(bytes, at);
  if (end > at) {
    const value = parsed(bytes.toString('utf8', at, end));
    if (isObject(value)) yield { start: at, end, value, problem: null };
    else if (value === undefined) yield failed(at, end, 'json.syntax', 'not JSON');
    else yield failed(at, end, 'record.unknown', 'no object');
    return end;
  }
  const stop = Math.max(at + 1, lineEnd(bytes, at));
  yield failed(at, stop, 'json.truncated', 'the record does not end');
  return stop;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const failed = (start: number, end: number, code: string, detail: string): PlainRecord => ({
  start,
  end,
  value: null,
  problem: { code, detail },
});

function lineEnd(bytes: Buffer, at: number): number {
  const feed = bytes.indexOf(LINE_FEED, at);
  return feed < 0 ? bytes.length : feed;
}
