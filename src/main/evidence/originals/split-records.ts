import type { Delivery } from './delivery';
import { deliveryOf } from './delivery';
import {
  afterStamp,
  DESCRIBED,
  document,
  elements,
  list,
  listMembers,
  resyncIn,
  textLine,
  type Piece,
  type Waits,
  type Walk,
} from './json-walk';
import { members, skipSpace, valueEnd } from './json-scan';

export type { Piece } from './json-walk';

const COMMA = 0x2c;
const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACE = 0x7d;
const LINE_FEED = 0x0a;

/**
 * The records of a JSON text of any delivery: one document, several, JSON lines, lists, containers and envelopes, whole
 * or broken. After a stretch that cannot be parsed it goes on at the next place where a record seems to begin, so the
 * good neighbours of a bad record are kept. Every byte that is neither white space nor structure belongs to a piece.
 */
export function splitRecords(bytes: Buffer): Walk {
  return new JsonWindows(0).pieces(bytes, true);
}

/** Where between two records of a text a reader stands. */
export interface JsonPlace {
  /** text: between documents; list: in a list of records; rest: behind such a list, in the object that holds it. */
  readonly inside: 'text' | 'list' | 'rest';
  /** First bytes of the elements of the list, once one was read. */
  readonly sign: string | null;
}

/**
 * The same for a text that comes in windows. Of each it takes what is complete and gives the place where the next one is
 * to begin; an open list goes on in it. `most` is the length from which on a record that does not end is waited for no more.
 */
export class JsonWindows {
  private inside: JsonPlace['inside'] = 'text';
  private sign: Buffer | null = null;
  private delivery: Delivery | null = null;
  private isDescribed = false;
  private waitsAt = 0;

  constructor(
    private readonly most: number,
    from: JsonPlace = { inside: 'text', sign: null },
  ) {
    this.inside = from.inside;
    this.sign = from.sign === null ? null : Buffer.from(from.sign, 'utf8');
  }

  get place(): JsonPlace {
    return { inside: this.inside, sign: this.sign?.toString('utf8') ?? null };
  }

  /** The pieces that are complete, or all of them; ends where the next window is to begin. */
  *pieces(bytes: Buffer, isLast: boolean): Walk {
    const window: JsonWindow = {
      bytes,
      isLast,
      waits: (at) => !isLast && bytes.length - at < this.most,
    };
    let at = skipSpace(bytes, 0);
    while (at < bytes.length) {
      const next = yield* this.step(window, at);
      if (next === null) return this.waitsAt;
      at = skipSpace(bytes, next);
    }
    return bytes.length;
  }

  /** One document, or as much of a list as is there; null when what begins at `waitsAt` needs more of the text. */
  private *step(window: JsonWindow, at: number): Step {
    if (this.inside === 'list') return yield* this.list(window, at);
    if (this.inside === 'rest') return this.rest(window, at);
    const { bytes, isLast, waits } = window;
    const c = bytes[at];
    if (c === COMMA) return at + 1;
    if (c === OPEN_BRACE) return yield* this.object(window, at, at, null);
    if (c === OPEN_BRACKET) {
      if (isLast || valueEnd(bytes, at) >= 0) return yield* list(bytes, at);
      return this.enter(at, null);
    }
    const { start, delivery } = afterStamp(bytes, at);
    if (start > at && bytes[start] === OPEN_BRACE) return yield* this.object(window, at, start, delivery);
    if (bytes.indexOf(LINE_FEED, at) < 0 && waits(at)) return this.wait(at);
    return yield* textLine(bytes, at);
  }

  /** The document at `start`, which with its time begins at `at`. One that is not complete is entered if it is a container. */
  private *object(window: JsonWindow, at: number, start: number, delivery: Delivery | null): Step {
    const { bytes, isLast, waits } = window;
    const end = isLast ? -1 : valueEnd(bytes, start);
    if (isLast || end >= 0) return yield* document(bytes, start, delivery);
    const inner = members(bytes, start);
    const containers = listMembers(bytes, inner);
    const open = containers.at(-1);
    this.isDescribed = open !== undefined && DESCRIBED.has(open.key);
    if (open && open.valueEnd < 0 && !(this.isDescribed && waits(at))) {
      const told = deliveryOf(bytes, inner) ?? delivery;
      for (const container of containers.slice(0, -1)) yield* list(bytes, container.valueStart, told);
      return this.enter(open.valueStart, told);
    }
    return waits(at) ? this.wait(at) : yield* document(bytes, start, delivery);
  }

  private *list({ bytes, waits }: JsonWindow, from: number): Step {
    const resync = resyncIn(bytes, this.sign);
    const { at, closed } = yield* elements(bytes, from, { delivery: this.delivery, resync, waits });
    this.sign = resync.sign && Buffer.from(resync.sign);
    if (closed) this.inside = 'rest';
    return closed || at >= bytes.length ? at : this.wait(at);
  }

  /** Members behind a list: those of an answer's page are passed over, further lists of descriptions are not. */
  private rest({ bytes, waits }: JsonWindow, at: number): number | null {
    if (bytes[at] === CLOSE_BRACE) return at + 1;
    const key = bytes[at] === COMMA ? skipSpace(bytes, at + 1) : -1;
    if (key >= bytes.length && waits(at)) return this.wait(at);
    // The comma and its member as an object of their own, as far as it can be followed.
    const [member] = bytes[key] === QUOTE ? members(bytes, at) : [];
    const isCut = bytes[key] === QUOTE && (member?.valueEnd ?? -1) < 0;
    if (member && this.isDescribed && DESCRIBED.has(member.key) && bytes[member.valueStart] === OPEN_BRACKET)
      return this.enter(member.valueStart, this.delivery);
    if (isCut && waits(at)) return this.wait(at);
    if (member && !isCut) return member.valueEnd;
    this.inside = 'text';
    return at;
  }

  private enter(open: number, delivery: Delivery | null): number {
    this.inside = 'list';
    this.sign = null;
    this.delivery = delivery;
    return open + 1;
  }

  private wait(at: number): null {
    this.waitsAt = at;
    return null;
  }
}

interface JsonWindow {
  readonly bytes: Buffer;
  readonly isLast: boolean;
  readonly waits: Waits;
}
type Step = Generator<Piece, number | null>;
