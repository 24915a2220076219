import { deliveryOf, deliveryOfLine, type Delivery } from './delivery';
import { nested } from './dotted';
import { unwrap } from './envelope';
import { members, skipSpace, valueEnd, type Member } from './json-scan';
import { messageShape } from './messages';
import { isObject, type JsonObject } from './json-object';
import { parseStretch } from './parse-stretch';
import { Resync } from './resync';
import type { Shape } from './shape';
import { shapeOf } from './shapes';

/** One record, or one stretch that is none, in the order of the text; its number is its place among the pieces. */
export interface Piece {
  /** Where it lies, in bytes of the decoded text: an envelope counts as part of its record. */
  readonly start: number;
  readonly end: number;
  readonly shape: Shape | null;
  /** Text of the record itself, when it is not simply the bytes from `start` to `end`. */
  readonly text: string | null;
  /** Set when the stretch cannot be parsed. */
  readonly problem: {
    readonly code: 'json.syntax' | 'json.truncated' | 'table.malformed';
    readonly detail: string;
  } | null;
  /** Keys of what is no record, to say what it is. */
  readonly keys: readonly string[];
  readonly delivery: Delivery | null;
}

/** Keys whose list holds the records: S3 exports, API answers, CloudWatch, Kubernetes and search exports. */
const LISTS: ReadonlySet<string> = new Set([
  'Records',
  'Events',
  'Findings',
  'findings',
  'logEvents',
  'hits',
  'events',
  'records',
  'items',
  'results',
  'QueryResultRows',
  'PublicKeyList',
  'Messages',
]);
/** Lists of descriptions, which records of other kinds and single descriptions may have as well. */
export const DESCRIBED: ReadonlySet<string> = new Set([
  'Reservations',
  'Instances',
  'NetworkInterfaces',
  'UserDetailList',
  'GroupDetailList',
  'RoleDetailList',
  'Policies',
  'configurationItems',
  'baseConfigurationItems',
  'prefixes',
  'ipv6_prefixes',
]);
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** The time that an export of CloudWatch Logs writes before each line. */
const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z /;
const STAMP_LENGTH = 31;

export type Walk = Generator<Piece, number>;
/** Whether what begins at a place and does not end is judged only when more of the text is there. */
export type Waits = (at: number) => boolean;
const NEVER: Waits = () => false;

/** The document at a place: a record, or a container with its lists. Ends behind it. */
export function* document(bytes: Buffer, at: number, delivery: Delivery | null = null): Walk {
  const inner = members(bytes, at);
  const containers = listMembers(bytes, inner);
  const isOne = containers.some((m) => DESCRIBED.has(m.key)) && isRecord(bytes, at);
  if (containers.length > 0 && !isOne) {
    const told = deliveryOf(bytes, inner) ?? delivery;
    for (const container of containers) {
      const end = yield* list(bytes, container.valueStart, told);
      if (end !== container.valueEnd) return end;
    }
    return closingOf(bytes, inner);
  }
  const end = valueEnd(bytes, at);
  const parsed = end < 0 ? null : parseStretch(bytes, at, end);
  if (parsed?.ok) {
    yield* candidate(bytes, { start: at, end, value: parsed.value, delivery });
    return end;
  }
  const next = nextLine(bytes, at);
  const stop = next >= 0 && (end < 0 || next < end) ? next : end < 0 ? bytes.length : end;
  yield broken(at, stop, end < 0 && stop === bytes.length, parsed?.error);
  return stop;
}

/** The end of an object as far as its members could be followed: behind its bracket when that comes next. */
function closingOf(bytes: Buffer, inner: readonly Member[]): number {
  const ends = inner.map((member) => member.valueEnd).filter((end) => end >= 0);
  const close = skipSpace(bytes, ends[ends.length - 1] ?? 0);
  return bytes[close] === CLOSE_BRACE ? close + 1 : close;
}

/** Whether an object is a record itself, whatever lists it has. */
function isRecord(bytes: Buffer, at: number): boolean {
  const end = valueEnd(bytes, at);
  const parsed = end < 0 ? null : parseStretch(bytes, at, end);
  return parsed?.ok === true && shapeOf(parsed.value)?.kind === 'record';
}

/** The lists of records of an object, in their order: descriptions come in several (users, groups, roles, policies). */
export function listMembers(bytes: Buffer, inner: readonly Member[]): readonly Member[] {
  const isList = (m: Member) => bytes[m.valueStart] === OPEN_BRACKET;
  const first = inner.find((m) => LISTS.has(m.key) && isList(m)) ?? nestedList(bytes, inner);
  return first ? [first] : inner.filter((m) => DESCRIBED.has(m.key) && isList(m));
}

/** `{"data":{"Findings":[...]}}` and `{"hits":{"hits":[...]}}`. */
function nestedList(bytes: Buffer, inner: readonly Member[]): Member | undefined {
  for (const m of inner) {
    if ((m.key !== 'data' && m.key !== 'hits') || bytes[m.valueStart] !== OPEN_BRACE) continue;
    const found = members(bytes, m.valueStart).find(
      (n) => LISTS.has(n.key) && bytes[n.valueStart] === OPEN_BRACKET,
    );
    if (found) return found;
  }
  return undefined;
}

/** The records of the list whose bracket opens at a place. Ends behind it. */
export function* list(bytes: Buffer, open: number, delivery: Delivery | null = null): Walk {
  const { at } = yield* elements(bytes, open + 1, { delivery, resync: resyncIn(bytes), waits: NEVER });
  return at;
}

interface Inside {
  readonly delivery: Delivery | null;
  readonly resync: Resync;
  readonly waits: Waits;
}

/** The elements of a list from a place on: to behind its bracket (`closed`), to one that waits, or to the end of the text. */
export function* elements(
  bytes: Buffer,
  from: number,
  { delivery, resync, waits }: Inside,
): Generator<Piece, { readonly at: number; readonly closed: boolean }> {
  let at = skipSpace(bytes, from);
  while (at < bytes.length) {
    const c = bytes[at];
    if (c === CLOSE_BRACKET) return { at: at + 1, closed: true };
    if (c === COMMA) {
      at = skipSpace(bytes, at + 1);
      continue;
    }
    const end = valueEnd(bytes, at);
    if ((end < 0 || end === bytes.length) && waits(at)) return { at, closed: false };
    const parsed = end < 0 ? null : parseStretch(bytes, at, end);
    if (parsed?.ok) {
      resync.good(at);
      yield* candidate(bytes, { start: at, end, value: parsed.value, delivery });
      at = skipSpace(bytes, end);
      continue;
    }
    const stop = resync.after(at, end);
    yield broken(at, stop, end < 0 && stop === bytes.length, parsed?.error);
    at = skipSpace(bytes, stop);
  }
  return { at: bytes.length, closed: false };
}

/** `sign` is how the elements before began. */
export function resyncIn(bytes: Buffer, sign: Buffer | null = null): Resync {
  const isRecord = (start: number, end: number) => {
    const parsed = parseStretch(bytes, start, end);
    return parsed.ok && unwrap(bytes.subarray(start, end), parsed.value, 0).length > 0;
  };
  return new Resync(bytes, isRecord, sign);
}

/** What stands behind the time that an export of CloudWatch Logs writes before a line; the place itself where there is none. */
export function afterStamp(bytes: Buffer, at: number): { start: number; delivery: Delivery | null } {
  const stamp = STAMP.exec(bytes.toString('latin1', at, at + STAMP_LENGTH))?.[0];
  if (!stamp) return { start: at, delivery: null };
  return { start: skipSpace(bytes, at + stamp.length), delivery: { time: stamp.trim() } };
}

/** A line that is no JSON: a log line behind its time, or a stretch that cannot be read. */
export function* textLine(bytes: Buffer, at: number): Walk {
  const { start, delivery } = afterStamp(bytes, at);
  const lineEnd = bytes.indexOf(LINE_FEED, at);
  const stop = lineEnd < 0 ? bytes.length : lineEnd;
  const end = stop > start && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop;
  const text = bytes.toString('utf8', start, end);
  const shape = messageShape(text);
  if (shape) {
    yield { start, end, shape, text: null, problem: null, keys: [], delivery };
    return stop;
  }
  // Closing brackets that lost their opening one are structure, not a record.
  if (/^[\]},\s]*$/.test(text)) return stop;
  const next = resyncIn(bytes).within(at, stop);
  const rest = next < 0 ? stop : next;
  yield broken(at, rest, false, 'not JSON');
  return rest;
}

/** The next line that begins with a brace at its very start: the next document of JSON lines. */
function nextLine(bytes: Buffer, at: number): number {
  const found = bytes.indexOf('\n{', at + 1);
  return found < 0 ? -1 : found + 1;
}

function broken(start: number, end: number, truncated: boolean, error: string | undefined): Piece {
  const problem = truncated
    ? ({ code: 'json.truncated', detail: 'the record does not end, or is nested too deep' } as const)
    : ({
        code: 'json.syntax',
        detail: error ?? 'the record does not end before the next one begins',
      } as const);
  return { start, end, shape: null, text: null, problem, keys: [], delivery: null };
}

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
  readonly delivery: Delivery | null;
}

function* candidate(bytes: Buffer, { start, end, value, delivery }: Candidate): Generator<Piece> {
  const inside = holdsList(value) ? members(bytes, start) : [];
  const containers = listMembers(bytes, inside);
  for (const container of containers)
    yield* list(bytes, container.valueStart, deliveryOf(bytes, inside) ?? delivery);
  if (containers.length > 0) return;
  if (Array.isArray(value) && value.some((one) => shapeOf(one)?.kind === 'record')) {
    yield* list(bytes, start, delivery);
    return;
  }
  const row = rowOf(value) ?? treeOf(value);
  const slice = row ? Buffer.from(JSON.stringify(row), 'utf8') : bytes.subarray(start, end);
  const inner = unwrap(slice, row ?? value, row ? 1 : 0);
  const base = { start, end, problem: null, delivery: deliveryOfLine(row ?? value, delivery) };
  if (inner.length === 0) {
    const shape = shapeOf(value);
    yield { ...base, shape, text: null, keys: isObject(value) ? Object.keys(value) : [] };
  }
  for (const { shape, text } of inner) yield { ...base, shape, text, keys: [] };
}

/**
 * A row of a query's answer as one object: `[{"field":"@message","value":"..."}]` of CloudWatch Logs Insights,
 * `[{"eventID":"..."},{"eventName":"..."}]` of CloudTrail Lake.
 */
function rowOf(value: unknown): JsonObject | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return null;
  const row = value.every((cell) => typeof cell['field'] === 'string' && 'value' in cell)
    ? value.map((cell): [string, unknown] => [String(cell['field']), cell['value']])
    : value.every((cell) => Object.keys(cell).length === 1)
      ? value.flatMap((cell) => Object.entries(cell))
      : [];
  const object = Object.fromEntries(row);
  return row.length === 0 ? null : (nested(object) ?? object);
}

/** An object whose keys are paths, when it is a record only as a tree. */
function treeOf(value: unknown): JsonObject | null {
  const tree = isObject(value) ? nested(value) : null;
  return tree && shapeOf(tree)?.kind === 'record' ? tree : null;
}

/** A page of answers among others: its list is walked, unless the value is a record that happens to have such a key. */
function holdsList(value: unknown): boolean {
  return (
    isObject(value) &&
    shapeOf(value)?.kind !== 'record' &&
    Object.keys(value).some((key) => (LISTS.has(key) || DESCRIBED.has(key)) && Array.isArray(value[key]))
  );
}
