import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { encodingOf, swapped } from './decode';

/** Decodes a text piece by piece; characters that lie across two pieces are kept whole. */
export class StreamDecoder {
  /** Set when bytes had to be replaced to make it a text. */
  repaired = false;
  private readonly utf16: StringDecoder | null;
  private rest: Buffer = Buffer.alloc(0);

  private constructor(
    private readonly encoding: NonNullable<ReturnType<typeof encodingOf>>,
    private isOwn: boolean,
  ) {
    this.utf16 = encoding.name === 'utf8' ? null : new StringDecoder('utf16le');
  }

  /** By the beginning of the text; null when it is none. */
  static of(head: Buffer): StreamDecoder | null {
    const encoding = encodingOf(head);
    return encoding && new StreamDecoder(encoding, encoding.name === 'utf8');
  }

  /** Bytes before the text. */
  get mark(): number {
    return this.encoding.mark;
  }

  /** Whether all text so far is the bytes of the original, so that places in it are places there. */
  get exact(): boolean {
    return this.isOwn;
  }

  /** The text of a piece as UTF-8. */
  decode(piece: Buffer, isLast: boolean): Buffer {
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    if (this.utf16) return this.decode16(bytes, isLast, this.utf16);
    const end = isLast ? bytes.length : wholeCharacters(bytes);
    this.rest = Buffer.from(bytes.subarray(end));
    const whole = bytes.subarray(0, end);
    if (isUtf8(whole)) return whole;
    this.repaired = true;
    this.isOwn = false;
    return Buffer.from(whole.toString('utf8'), 'utf8');
  }

  private decode16(bytes: Buffer, isLast: boolean, utf16: StringDecoder): Buffer {
    const end = bytes.length - (bytes.length % 2);
    this.rest = isLast ? Buffer.alloc(0) : Buffer.from(bytes.subarray(end));
    const pairs = bytes.subarray(0, end);
    const text = utf16.write(this.encoding.name === 'utf16be' ? swapped(pairs) : pairs);
    return Buffer.from(isLast ? text + utf16.end() : text, 'utf8');
  }
}

/** Where the last character that is complete ends. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
