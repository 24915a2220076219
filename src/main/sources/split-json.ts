/** A top-level JSON value or an element of the outer list, as it lies in the text. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/**
 * The outermost objects inside the list that follows `from`, found by counting braces outside strings: what a broken
 * file still holds. An object that never closes is given with `end = -1`.
 */
export function splitObjects(text: string, from = 0): Slice[] {
  const slices: Slice[] = [];
  let depth = 0;
  let start = -1;
  let inString = false;
  for (let i = from; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === BACKSLASH) i += 1;
      else if (c === QUOTE) inString = false;
    } else if (c === QUOTE) {
      inString = depth > 0;
    } else if (c === OPEN) {
      if (depth === 0) start = i;
      depth += 1;
    } else if (c === CLOSE && depth > 0) {
      depth -= 1;
      if (depth === 0) slices.push({ start, end: i + 1 });
    }
  }
  if (depth > 0) slices.push({ start, end: -1 });
  return slices;
}

/** Where the records of a text begin: after `"Records":[` when it has one, else at its start. */
export function recordsStart(text: string): number {
  const match = /^\s*\{\s*"Records"\s*:\s*\[/.exec(text.slice(0, 4096));
  return match ? match[0].length : 0;
}
