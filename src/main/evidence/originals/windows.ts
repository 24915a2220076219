import { StreamDecoder } from './decode-stream';

/** A stretch of a text that is too large to be held whole. */
export interface Window {
  /** UTF-8. */
  readonly bytes: Buffer;
  /** Place of the first byte in the decoded text. */
  readonly offset: number;
  /** Added to a place in `bytes` it gives the place in the decompressed original; null when the text was converted. */
  readonly shift: number | null;
  /** Whether the text ends with it. */
  readonly isLast: boolean;
}

/** Sizes in bytes. */
export interface WindowSizes {
  /** Of a window, unless a record does not fit. */
  readonly window: number;
  /** Of a record that is waited for; one that does not end within is no record. */
  readonly most: number;
}

/** A window is read, and one record in it found, in a few hundredths of a second. */
export const WINDOWS: WindowSizes = { window: 8 * 1024 ** 2, most: 128 * 1024 ** 2 };

/** Bytes that tell how a text is written. */
const HEAD = 4096;

/**
 * A text in windows. Each begins where the reader stopped in the one before, so that a record across the border is whole
 * in the next one; a record larger than a window makes the next one larger.
 */
export class TextWindows {
  private readonly chunks: AsyncIterator<Buffer>;
  private readonly parts: Buffer[] = [];
  private held = 0;
  private ended = false;
  private offset = 0;
  private current: Buffer | null = null;

  private constructor(
    chunks: AsyncIterator<Buffer>,
    private readonly decoder: StreamDecoder,
    private readonly sizes: WindowSizes,
  ) {
    this.chunks = chunks;
  }

  /** Null when it is no text: then `head` says what it begins with. The rest is left in `chunks`. */
  static async open(
    chunks: AsyncIterator<Buffer>,
    sizes: WindowSizes,
  ): Promise<{ readonly windows: TextWindows | null; readonly head: Buffer }> {
    const { head, ended } = await take(chunks, HEAD);
    const decoder = StreamDecoder.of(head);
    if (!decoder) return { windows: null, head };
    const windows = new TextWindows(chunks, decoder, sizes);
    windows.add(decoder.decode(head.subarray(decoder.mark), ended));
    windows.ended = ended;
    return { windows, head };
  }

  /** Whether bytes that are no text had to be replaced so far. */
  get repaired(): boolean {
    return this.decoder.repaired;
  }

  /** The next window, of which the reader has taken so many bytes of the one before. Null behind the last one. */
  async next(taken: number): Promise<Window | null> {
    const left = this.current?.subarray(taken) ?? Buffer.alloc(0);
    if (this.current !== null && this.ended && this.held === 0 && left.length === 0) return null;
    this.offset += taken;
    const { window, most } = this.sizes;
    const wanted = Math.min(Math.max(window, 2 * left.length), most + window);
    if (left.length >= wanted) throw new Error('nothing of a window was taken');
    // One byte more tells whether the text ends here.
    while (!this.ended && left.length + this.held <= wanted) await this.fill();
    const bytes = Buffer.allocUnsafe(Math.min(wanted, left.length + this.held));
    let at = left.copy(bytes, 0);
    while (at < bytes.length) at += this.move(bytes, at);
    this.current = bytes;
    const isLast = this.ended && this.held === 0;
    return {
      bytes,
      offset: this.offset,
      shift: this.decoder.exact ? this.offset + this.decoder.mark : null,
      isLast,
    };
  }

  /** Moves held bytes into a window; gives how many. */
  private move(window: Buffer, at: number): number {
    const part = this.parts[0] as Buffer;
    const moved = part.copy(window, at);
    if (moved < part.length) this.parts[0] = part.subarray(moved);
    else this.parts.shift();
    this.held -= moved;
    return moved;
  }

  private async fill(): Promise<void> {
    const next = await this.chunks.next();
    this.ended = next.done === true;
    this.add(this.decoder.decode(next.done === true ? Buffer.alloc(0) : next.value, this.ended));
  }

  private add(text: Buffer): void {
    if (text.length > 0) this.parts.push(text);
    this.held += text.length;
  }
}

/** So many bytes of a stream, or all if it has less. */
async function take(
  chunks: AsyncIterator<Buffer>,
  least: number,
): Promise<{ readonly head: Buffer; readonly ended: boolean }> {
  const parts: Buffer[] = [];
  let size = 0;
  while (size < least) {
    const next = await chunks.next();
    if (next.done === true) return { head: Buffer.concat(parts), ended: true };
    parts.push(next.value);
    size += next.value.length;
  }
  return { head: Buffer.concat(parts), ended: false };
}
