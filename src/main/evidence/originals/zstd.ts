import { Decompress } from 'fzstd';

/** What a zstd file gave before it ended or broke. */
interface Unpacked {
  readonly bytes: Buffer;
  readonly damage: { readonly code: 'zstd.damaged' | 'zstd.tooLarge'; readonly detail: string } | null;
}

const MAGIC = 0xfd2fb528;
/** Frames that hold no data come before the first that does in what parallel compressors write. */
const SKIPPABLE = 0x184d2a50;
/** Pieces that are fed at once: a piece of this size cannot unpack to more than fits beside it in memory. */
const PIECE = 16 * 1024;
/** Blocks that repeat one byte are the only ones that grow so much: logs never do. */
const MAX_PIECE_OUTPUT = 256 * 1024 ** 2;
/** What a decoder must keep of what it gave; zstd itself refuses more than 128 MiB without being told. */
const MAX_WINDOW = 512 * 1024 ** 2;

export function isZstd(bytes: Buffer): boolean {
  if (bytes.length < 8) return false;
  const magic = bytes.readUInt32LE(0);
  return magic === MAGIC || (magic & 0xfffffff0) === SKIPPABLE;
}

/** Decompresses a zstd file. Of a damaged one it gives what came before the damage. Check sums of frames are not looked at. */
export function unzstd(stored: Buffer, maxBytes: number): Unpacked {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for (const part of pieces(stored)) {
      size += part.length;
      if (size > maxBytes) {
        const detail = `more than ${maxBytes} bytes after decompression`;
        return { bytes: Buffer.alloc(0), damage: { code: 'zstd.tooLarge', detail } };
      }
      parts.push(part);
    }
    return { bytes: Buffer.concat(parts), damage: null };
  } catch (error) {
    const bytes = Buffer.concat(parts);
    const detail = `${error instanceof Error ? error.message : String(error)}; ${bytes.length} bytes could be read`;
    return { bytes, damage: { code: 'zstd.damaged', detail } };
  }
}

function* pieces(stored: Buffer): Generator<Buffer> {
  const decoder = new Decoder();
  for (let at = 0; at < stored.length; at += PIECE)
    yield* decoder.push(stored.subarray(at, at + PIECE), at + PIECE >= stored.length);
}

/** Decompresses a stream of a zstd file. Fails where it is damaged. */
export async function* unzstdStream(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer> {
  const decoder = new Decoder();
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += PIECE)
      yield* decoder.push(chunk.subarray(at, at + PIECE), false);
  yield* decoder.push(Buffer.alloc(0), true);
}

/** The decompressed beginning of a zstd file, as far as the given bytes go. */
export function zstdHead(head: Buffer): Buffer {
  const parts: Buffer[] = [];
  try {
    const decoder = new Decoder();
    for (let at = 0; at < head.length && parts.length === 0; at += PIECE)
      parts.push(...decoder.push(head.subarray(at, at + PIECE), false));
  } catch {
    // What could be read before tells.
  }
  return Buffer.concat(parts);
}

class Decoder {
  private out: Buffer[] = [];
  private size = 0;
  private begun = false;
  private readonly decompress = new Decompress((data) => {
    this.size += data.length;
    if (this.size > MAX_PIECE_OUTPUT) throw new Error('an implausible compression ratio');
    if (data.length > 0) this.out.push(Buffer.from(data));
  });

  push(piece: Buffer, isLast: boolean): readonly Buffer[] {
    if (!this.begun && windowOf(piece) > MAX_WINDOW)
      throw new Error(`a window of more than ${MAX_WINDOW} bytes`);
    this.begun = true;
    this.out = [];
    this.size = 0;
    this.decompress.push(piece, isLast);
    return this.out;
  }
}

/** Bytes of the window of the first frame (RFC 8878, 3.1.1.1.2); 0 when it is as large as what it holds. */
function windowOf(frame: Buffer): number {
  const isSingle = ((frame[4] ?? 0) & 0x20) !== 0;
  if (frame.length < 6 || frame.readUInt32LE(0) !== MAGIC || isSingle) return 0;
  const descriptor = frame[5] ?? 0;
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
