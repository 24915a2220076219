const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Where a member of an object lies: bytes of the key without its quotes and of the value; `valueEnd` -1 when it never ends. */
export interface Member {
  readonly key: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Position of the first byte that is no JSON white space (byte order marks and NULs count as white space here). */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length) {
    const c = bytes[i] as number;
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09 && c !== 0) return i;
    i += 1;
  }
  return i;
}

/** Position after the string whose opening quote is at `at`; -1 when it never closes. */
function stringEnd(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; i < bytes.length; i += 1) {
    const c = bytes[i];
    if (c === BACKSLASH) i += 1;
    else if (c === QUOTE) return i + 1;
  }
  return -1;
}

/** Deepest nesting of a value: no log nests so deep, and what walks a deeper one would run out of stack. */
const MAX_DEPTH = 1000;

/**
 * Position after the JSON value at `at`, found by counting brackets outside strings; -1 when the text ends inside it or
 * when it nests too deep.
 */
export function valueEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return stringEnd(bytes, at);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return scalarEnd(bytes, at);
  let depth = 0;
  let i = at;
  while (i < bytes.length) {
    const c = bytes[i] as number;
    if (c === QUOTE) {
      i = stringEnd(bytes, i);
      if (i < 0) return -1;
      continue;
    }
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      depth += 1;
      if (depth > MAX_DEPTH) return -1;
    } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
    i += 1;
  }
  return -1;
}

function scalarEnd(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i += 1) {
    const c = bytes[i] as number;
    if (
      c === COMMA ||
      c === CLOSE_BRACE ||
      c === CLOSE_BRACKET ||
      c === OPEN_BRACE ||
      c === OPEN_BRACKET ||
      c <= 0x20
    ) {
      return i === at ? at + 1 : i;
    }
  }
  return bytes.length;
}

/** The members of the object at `at` as far as they can be followed, without parsing their values. */
export function members(bytes: Buffer, at: number): Member[] {
  const out: Member[] = [];
  let i = skipSpace(bytes, at + 1);
  while (bytes[i] === QUOTE) {
    const keyEnd = stringEnd(bytes, i);
    if (keyEnd < 0) return out;
    const key = bytes.toString('utf8', i + 1, keyEnd - 1);
    i = skipSpace(bytes, keyEnd);
    if (bytes[i] !== COLON) return out;
    const valueStart = skipSpace(bytes, i + 1);
    if (valueStart >= bytes.length) return out;
    const end = valueEnd(bytes, valueStart);
    out.push({ key, valueStart, valueEnd: end });
    if (end < 0) return out;
    i = skipSpace(bytes, end);
    if (bytes[i] === COMMA) i = skipSpace(bytes, i + 1);
  }
  return out;
}

/** The first bytes of an object up to and with its first key: what its siblings most likely begin with too. */
export function opening(bytes: Buffer, at: number): Buffer | null {
  if (bytes[at] !== OPEN_BRACE) return null;
  const quote = skipSpace(bytes, at + 1);
  if (bytes[quote] !== QUOTE) return null;
  const end = stringEnd(bytes, quote);
  return end < 0 || end - at > 200 ? null : bytes.subarray(at, end);
}
