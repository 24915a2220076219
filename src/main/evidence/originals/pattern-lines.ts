import { Script } from 'node:vm';
import type { PlainRecord } from './plain-records';

const LINE_FEED = 0x0a;
/** Longer lines are no lines of a log: a pattern may take the square of their length. */
const MAX_LINE = 64 * 1024;
/** Lines that are tried together, and how long that may take: an unlucky pattern would not end in years. */
const LINES_AT_ONCE = 500;
const MAX_MS = 5000;
/** So often a pattern may fail to come to its end before the rest of the file is not tried. */
const MAX_FAILURES = 3;
const TRY_ALL = new Script('lines.map((line) => pattern.exec(line)?.groups ?? null)');

interface Line {
  readonly start: number;
  readonly end: number;
}
type Groups = Readonly<Record<string, string | undefined>>;

/** The lines of a text as records: the named groups of a regular expression are their fields. A line that does not fit is a problem. */
export function* patternLines(
  bytes: Buffer,
  pattern: string,
  { maxMs = MAX_MS }: { readonly maxMs?: number } = {},
): Generator<PlainRecord> {
  const expression = new RegExp(pattern);
  let held: Line[] = [];
  let failures = 0;
  const flush = function* () {
    const found = failures < MAX_FAILURES ? allGroups(textsOf(bytes, held), expression, maxMs) : null;
    if (found === null) failures += 1;
    yield* recordsOf(held, found);
    held = [];
  };
  for (const line of linesOf(bytes)) {
    held.push(line);
    if (held.length < LINES_AT_ONCE) continue;
    yield* flush();
  }
  yield* flush();
}

const isTooLong = ({ start, end }: Line) => end - start > MAX_LINE;

function textsOf(bytes: Buffer, lines: readonly Line[]): readonly string[] {
  return lines.map((line) => (isTooLong(line) ? '' : bytes.toString('utf8', line.start, line.end)));
}

function* recordsOf(
  lines: readonly Line[],
  found: readonly (Groups | null)[] | null,
): Generator<PlainRecord> {
  for (const [i, line] of lines.entries()) {
    const { start, end } = line;
    const groups = isTooLong(line) ? null : (found?.[i] ?? null);
    if (groups !== null) yield { start, end, value: valuesOf(groups), problem: null };
    else {
      const detail =
        found === null
          ? 'the pattern takes too long for this line or one near it'
          : isTooLong(line)
            ? `a line of more than ${MAX_LINE} bytes`
            : 'the line does not fit the pattern';
      yield { start, end, value: null, problem: { code: 'line.malformed', detail } };
    }
  }
}

/** The groups of each line; null when the pattern did not come to its end. */
function allGroups(
  lines: readonly string[],
  pattern: RegExp,
  timeout: number,
): readonly (Groups | null)[] | null {
  try {
    return TRY_ALL.runInNewContext({ lines, pattern }, { timeout }) as (Groups | null)[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  }
}

/** What the line has; groups that took no part are left out. */
function valuesOf(groups: Groups): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Lines that are not empty, without their ends. */
function* linesOf(bytes: Buffer): Generator<Line> {
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const next = feed < 0 ? bytes.length : feed + 1;
    let end = feed < 0 ? bytes.length : feed;
    while (end > start && isBlank(bytes[end - 1] as number)) end -= 1;
    if (end > start) yield { start, end };
    start = next;
  }
}

const isBlank = (byte: number) => byte === 0x0d || byte === 0x20 || byte === 0x09;
