import type { LineFormat } from '../evidence/originals/line-format';

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const EXCLAMATION = 0x21;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const NOTHING = 0x2d;

/**
 * Lines of a spool, fields separated by tabs, put together in one growing buffer. A line counts when it is kept, else
 * the next one overwrites it.
 */
export class LineBuffer {
  private out: Buffer;
  private kept = 0;
  private at = 0;
  private readonly prefix: Buffer;
  private readonly most: number;

  constructor(
    size: number,
    prefix: string,
    private readonly format: Pick<LineFormat, 'fields' | 'least' | 'more' | 'cut' | 'lastQuoted'>,
  ) {
    this.out = Buffer.allocUnsafe(size + Math.ceil(size / 8) + 1024);
    this.prefix = Buffer.from(prefix);
    this.most = format.fields.length;
  }

  /** Writes the line at `start`; gives its number of fields, -1 for bytes that no field has. */
  add(bytes: Buffer, start: number, end: number, number: number): number {
    // text in a JSON list can take six times its bytes
    const growth = this.format.more === 'kept' ? 7 : 2;
    this.reserve(growth * (end - start) + this.prefix.length + 2 * this.most + 64);
    let at = this.kept;
    at += this.prefix.copy(this.out, at);
    at += this.out.write(`${number}\t`, at, 'latin1');
    this.at = at;
    if (this.format.cut === 'blanks' && this.format.more === 'refused') return this.blanks(bytes, start, end);
    const fields = this.format.cut === 'tabs' ? byTabs(bytes, start, end) : this.quoted(bytes, start, end);
    this.write(bytes, fields);
    return fields.length / 2;
  }

  /** Whether a line with so many fields is a record of the format. */
  accepts(fields: number): boolean {
    return fields >= this.format.least && (this.format.more === 'kept' || fields <= this.most);
  }

  keep(): void {
    this.kept = this.at;
  }

  bytes(): Buffer {
    return this.out.subarray(0, this.kept);
  }

  /** Load balancers write a quote inside a field as `\"`; a line that has too few fields so had a backslash at a field's end. */
  private quoted(bytes: Buffer, start: number, end: number): number[] {
    const { lastQuoted, least } = this.format;
    const escaped =
      lastQuoted === 0 && hasEscape(bytes, start, end) ? byQuotes(bytes, start, end, 0, true) : [];
    return escaped.length >= 2 * least ? escaped : byQuotes(bytes, start, end, lastQuoted);
  }

  /** The way of logs with hundreds of millions of lines: copied byte by byte, nothing allocated. */
  private blanks(bytes: Buffer, start: number, end: number): number {
    const { out } = this;
    let at = this.at;
    let fields = 0;
    let field = at;
    for (let i = start; i < end; i += 1) {
      const c = bytes[i] as number;
      // Blanks, control characters and quotes lie below all others but one: mostly this is the only comparison.
      if (c > QUOTE || c === EXCLAMATION) {
        out[at++] = c;
        continue;
      }
      if (c !== SPACE && c !== TAB) return -1;
      if (at === field) continue;
      fields += 1;
      out[at++] = TAB;
      field = at;
    }
    if (at > field) fields += 1;
    out[at++] = LINE_FEED;
    this.at = at;
    return fields;
  }

  private write(bytes: Buffer, places: readonly number[]): void {
    const { out, most } = this;
    for (let field = 0; field < most; field += 1) {
      const from = places[2 * field];
      const to = places[2 * field + 1];
      if (field > 0) out[this.at++] = TAB;
      if (from === undefined || to === undefined) out[this.at++] = NOTHING;
      else for (let i = from; i < to; i += 1) out[this.at++] = Math.max(bytes[i] as number, SPACE);
    }
    if (this.format.more === 'kept') {
      out[this.at++] = TAB;
      this.at += out.write(further(bytes, places.slice(2 * most)), this.at, 'utf8');
    }
    out[this.at++] = LINE_FEED;
  }

  private reserve(more: number): void {
    if (this.kept + more <= this.out.length) return;
    const larger = Buffer.allocUnsafe(this.out.length * 2 + more);
    this.out.copy(larger, 0, 0, this.kept);
    this.out = larger;
  }
}

/** Starts and ends of fields separated by blanks, of which those in "..." or [...] may hold blanks. */
function byQuotes(bytes: Buffer, start: number, end: number, lastQuoted: number, escapes = false): number[] {
  const places: number[] = [];
  let quoted = 0;
  let at = start;
  while (at < end) {
    const c = bytes[at] as number;
    if (c === SPACE || c === TAB) {
      at += 1;
      continue;
    }
    if (c === QUOTE) quoted += 1;
    const close =
      quoted === lastQuoted && c === QUOTE ? lastQuote(bytes, at, end) : closing(bytes, at, end, c, escapes);
    if (close >= 0) {
      places.push(at + 1, close);
      at = close + 1;
      continue;
    }
    const from = at;
    while (at < end && bytes[at] !== SPACE && bytes[at] !== TAB) at += 1;
    places.push(from, at);
  }
  return places;
}

function lastQuote(bytes: Buffer, at: number, end: number): number {
  const last = bytes.lastIndexOf(QUOTE, end - 1);
  return last > at ? last : -1;
}

/** The mark that closes the field at `at`: the next one before a blank or the end. -1 for a field without marks. */
function closing(bytes: Buffer, at: number, end: number, open: number, escapes: boolean): number {
  if (open !== QUOTE && open !== OPEN_BRACKET) return -1;
  const mark = open === QUOTE ? QUOTE : CLOSE_BRACKET;
  for (let i = at + 1; i < end; i += 1)
    if (bytes[i] === mark && (i + 1 === end || bytes[i + 1] === SPACE) && !(escapes && isEscaped(bytes, i)))
      return i;
  return -1;
}

function hasEscape(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i += 1) if (bytes[i] === QUOTE && bytes[i - 1] === BACKSLASH) return true;
  return false;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(bytes: Buffer, at: number): boolean {
  let before = at;
  while (bytes[before - 1] === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}

function byTabs(bytes: Buffer, start: number, end: number): number[] {
  const places: number[] = [];
  for (let at = start; at <= end;) {
    const tab = bytes.indexOf(TAB, at);
    const stop = tab < 0 || tab > end ? end : tab;
    places.push(at, stop);
    at = stop + 1;
  }
  return places;
}

/** Fields that the known format does not have, as JSON text; the spool's mark for nothing when there are none. */
function further(bytes: Buffer, places: readonly number[]): string {
  if (places.length === 0) return '-';
  const texts: string[] = [];
  for (let i = 0; i < places.length; i += 2) texts.push(bytes.toString('utf8', places[i], places[i + 1]));
  return JSON.stringify(texts);
}
