import { isUtf8 } from 'node:buffer';
import { MAX_MEMBERS, MAX_TOTAL_BYTES, refusalOf, unlisted, type Member } from './member';

const BLOCK = 512;
const CHECKSUM_AT = 148;
/** Most bytes of an extended header: names, not files. */
const MAX_EXTENDED = 1024 ** 2;
/** Bytes of a large member that are given at once. */
const PART = 1024 ** 2;

/** Whether a header with a right check sum stands at the beginning: of every tar since 1979. */
export function isTar(bytes: Buffer): boolean {
  return bytes.length >= BLOCK && isHeader(bytes.subarray(0, BLOCK));
}

/**
 * The members of a tar (ustar, GNU, pax) as they come; each must be read before the next one is asked for, or is passed
 * over. What cannot be followed any more is one last, refused member.
 */
export async function* tarMembers(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Member> {
  const source = new ByteSource(chunks);
  let total = 0;
  let count = 0;
  let named: Extended = {};
  try {
    for (;;) {
      const header = await source.take(BLOCK);
      if (header.length < BLOCK || header.every((byte) => byte === 0)) return;
      if (!isHeader(header)) throw new Error('the archive is damaged: no header where one must be');
      const type = String.fromCharCode(header[156] as number);
      const size = named.size ?? numberAt(header, 124, 12);
      if (EXTENDED.has(type)) {
        named = { ...named, ...extended(type, await source.take(Math.min(size, MAX_EXTENDED))) };
        await source.skip(Math.max(0, size - MAX_EXTENDED) + padding(size));
        continue;
      }
      const name = named.name ?? nameOf(header);
      const modifiedMs = numberAt(header, 136, 12) * 1000;
      named = {};
      if (type === '5' || name.endsWith('/')) {
        await source.skip(size + padding(size));
        continue;
      }
      total += size;
      count += 1;
      if (count > MAX_MEMBERS) throw new Error(`more than ${MAX_MEMBERS} members`);
      if (total > MAX_TOTAL_BYTES)
        throw new Error(`the archive unpacks to more than ${MAX_TOTAL_BYTES} bytes`);
      const refused = REGULAR.has(type) ? refusalOf(name, total) : 'a link or device, not followed';
      const body = new Body(source, size);
      yield { name, bytes: size, modifiedMs, refused, read: () => body.read(), chunks: () => body.chunks() };
      await body.pass();
    }
  } catch (error) {
    yield unlisted(error instanceof Error ? error.message : String(error));
  }
}

const REGULAR: ReadonlySet<string> = new Set(['0', '\0', '7']);
/** pax headers of one member and of all, GNU long names and long link names. */
const EXTENDED: ReadonlySet<string> = new Set(['x', 'g', 'L', 'K']);

interface Extended {
  readonly name?: string;
  readonly size?: number;
}

function extended(type: string, body: Buffer): Extended {
  if (type === 'L') return { name: textOf(body) };
  if (type !== 'x') return {};
  const text = body.toString('utf8');
  const path = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1];
  const size = /(?:^|\n)\d+ size=(\d+)\n/.exec(text)?.[1];
  return {
    ...(path === undefined ? {} : { name: path }),
    ...(size === undefined ? {} : { size: Number(size) }),
  };
}

/** The bytes of one member, still in the stream. */
class Body {
  private taken = false;
  /** Bytes that are not read yet, with those that fill its last block. */
  private left: number;

  constructor(
    private readonly source: ByteSource,
    private readonly size: number,
  ) {
    this.left = size + padding(size);
  }

  async read(): Promise<Buffer> {
    this.take();
    const bytes = await this.source.take(this.size);
    if (bytes.length < this.size) throw new Error('the archive ends inside this file');
    this.left -= this.size;
    return bytes;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    this.take();
    for (let wanted = this.size; wanted > 0;) {
      const part = await this.source.take(Math.min(wanted, PART));
      if (part.length === 0) throw new Error('the archive ends inside this file');
      wanted -= part.length;
      this.left -= part.length;
      yield part;
    }
  }

  async pass(): Promise<void> {
    await this.source.skip(this.left);
    this.left = 0;
  }

  private take(): void {
    if (this.taken) throw new Error('a member of a tar is read once');
    this.taken = true;
  }
}

/** Bytes asked for by number out of chunks of any size. */
class ByteSource {
  private readonly chunks: AsyncIterator<Buffer> | Iterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer> | Iterable<Buffer>) {
    this.chunks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  /** So many bytes, fewer at the end. */
  async take(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let left = size;
    while (left > 0 && (await this.fill())) {
      const part = this.rest.subarray(0, left);
      parts.push(part);
      left -= part.length;
      this.rest = this.rest.subarray(part.length);
    }
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  async skip(size: number): Promise<void> {
    let left = size;
    while (left > 0) {
      if (!(await this.fill())) throw new Error('the archive ends early');
      const passed = Math.min(left, this.rest.length);
      left -= passed;
      this.rest = this.rest.subarray(passed);
    }
  }

  private async fill(): Promise<boolean> {
    while (this.rest.length === 0) {
      const next = await this.chunks.next();
      if (next.done === true) return false;
      this.rest = next.value;
    }
    return true;
  }
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function isHeader(header: Buffer): boolean {
  if (header[0] === 0) return false;
  let sum = 0;
  for (let i = 0; i < BLOCK; i += 1)
    sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? 0x20 : (header[i] as number);
  return numberAt(header, CHECKSUM_AT, 8) === sum;
}

/** An octal number, or GNU's base 256 for larger ones. */
function numberAt(header: Buffer, at: number, length: number): number {
  const field = header.subarray(at, at + length);
  if (((field[0] as number) & 0x80) !== 0) {
    let value = 0;
    for (const byte of field.subarray(1)) value = value * 256 + byte;
    return value;
  }
  const digits = /^[\s\0]*([0-7]+)/.exec(field.toString('latin1'))?.[1];
  return digits === undefined ? 0 : Number.parseInt(digits, 8);
}

function nameOf(header: Buffer): string {
  const name = textOf(header.subarray(0, 100));
  const isUstar = header.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? textOf(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Text up to the first NUL, in whatever encoding it was written: shown and compared, never opened. */
function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  const own = end < 0 ? bytes : bytes.subarray(0, end);
  return own.toString(isUtf8(own) ? 'utf8' : 'latin1');
}
