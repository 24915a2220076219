import { opening, skipSpace, valueEnd } from './json-scan';

const OPEN_BRACE = 0x7b;
const COMMA = 0x2c;
/** Objects that are tried, and bytes that are searched, for the next record where no sibling tells how one begins. */
const MAX_TRIES = 200;
const MAX_SEARCH = 1024 ** 2;

/**
 * Finds the way back into a list after an element that cannot be read. A quote or a bracket in the wrong place makes its
 * end unsure: when what follows it is no further object, reading goes on where the next sibling seems to begin.
 */
export class Resync {
  private found = -1;

  /** `sign` is the first bytes of the elements, once one was read. */
  constructor(
    private readonly bytes: Buffer,
    private readonly isRecord: (start: number, end: number) => boolean,
    public sign: Buffer | null = null,
  ) {}

  /** An element that could be read. */
  good(at: number): void {
    if (this.sign !== null) return;
    this.sign = opening(this.bytes, at);
    if (this.sign !== null) this.found = -1;
  }

  /** Where to go on after the bad element at `at`, which seems to end at `end`, or never (-1). */
  after(at: number, end: number): number {
    const next = this.next(at);
    if (next >= 0 && (end < 0 || next < end || !this.isFollowed(end))) return next;
    return end < 0 ? this.bytes.length : end;
  }

  private isFollowed(end: number): boolean {
    const { bytes } = this;
    const comma = skipSpace(bytes, end);
    return bytes[comma] === COMMA && bytes[skipSpace(bytes, comma + 1)] === OPEN_BRACE;
  }

  /** The next place where an element seems to begin; what was found, or not found, once is not searched again. */
  private next(at: number): number {
    if (this.found > at) return Number.isFinite(this.found) ? this.found : -1;
    const sign = this.sign ?? opening(this.bytes, at);
    const sibling = sign ? this.bytes.indexOf(sign, at + 1) : -1;
    const place = sibling < 0 && this.sign === null ? this.nextRecord(at + 1) : sibling;
    this.found = place < 0 ? Number.POSITIVE_INFINITY : place;
    return place;
  }

  /** The next record before `stop`; -1 when there is none. */
  within(at: number, stop: number): number {
    return this.nextRecord(at + 1, stop);
  }

  private nextRecord(from: number, stop = this.bytes.length): number {
    const limit = Math.min(stop, from + MAX_SEARCH);
    let at = this.bytes.indexOf(OPEN_BRACE, from);
    for (let tries = 0; at >= 0 && at < limit && tries < MAX_TRIES; tries += 1) {
      const end = valueEnd(this.bytes.subarray(0, at + MAX_SEARCH), at);
      if (end >= 0 && this.isRecord(at, end)) return at;
      at = this.bytes.indexOf(OPEN_BRACE, at + 1);
    }
    return -1;
  }
}
