import { fileChunks, peek, unpacked } from './chunks';
import { placeInWindows } from './place';
import { isCompressed } from './inflate';
import { fileOf, storedChunks } from './stored';
import { StreamDecoder } from './decode-stream';
import { TextWindows, WINDOWS } from './windows';

/** The last checkpoint before a record, see `checkpoints` in schema.sql. */
export interface Checkpoint {
  readonly records_before: number;
  readonly text_offset: number;
  readonly byte_offset: number | null;
  readonly inside: 'text' | 'list' | 'rest' | null;
  readonly sign: string | null;
}

interface LargeSlice {
  readonly text: string;
  readonly exact: boolean;
  readonly byteOffset: number | null;
}

/** Beginning of a text, by which the lines and tables are told. */
const HEAD = 64 * 1024;

/**
 * A record of an original that is too large to be held, found from a checkpoint on: of a plain file one window is read; a
 * compressed one is decompressed up to there. Null when it is not found. Fails when the original cannot be read.
 */
export async function largeSlice(
  path: string,
  recordNo: number,
  { records_before, byte_offset: from, inside, sign }: Checkpoint,
): Promise<LargeSlice | null> {
  const { head, isPlain } = await beginning(path);
  const chunks = isPlain ? fileChunks(path, from ?? 0) : skipped(await textOf(path), from ?? 0);
  try {
    const { windows } = await TextWindows.open(chunks, WINDOWS);
    // A text that was converted has no places in its original: it is read from its beginning.
    const start = from === null ? { sign: null, recordsBefore: 0 } : { sign, recordsBefore: records_before };
    const found = windows
      ? await placeInWindows(
          windows,
          head,
          { inside: from === null && inside ? 'text' : inside, ...start },
          recordNo,
        )
      : null;
    if (!found) return null;
    const { place, window } = found;
    const byteOffset = from === null || window.shift === null ? null : from + window.shift + place.start;
    return {
      text: window.bytes.toString('utf8', place.start, place.end),
      exact: byteOffset !== null,
      byteOffset,
    };
  } finally {
    await chunks.return(undefined);
  }
}

async function textOf(path: string): Promise<AsyncIterable<Buffer>> {
  return (await unpacked(storedChunks(path), () => undefined)).chunks;
}

/** The beginning of the text, and whether it lies on disk as it is. */
async function beginning(path: string): Promise<{ readonly head: Buffer; readonly isPlain: boolean }> {
  const stored = await peek(storedChunks(path), HEAD);
  await stored.chunks.return();
  const isPacked = isCompressed(stored.head);
  const text = isPacked ? await peek(await textOf(path), HEAD) : stored;
  await text.chunks.return();
  const decoder = StreamDecoder.of(text.head);
  const head = decoder?.decode(text.head.subarray(decoder.mark), true) ?? text.head;
  return { head, isPlain: !isPacked && (await fileOf(path)) === path };
}

/** A stream without so many of its first bytes. */
async function* skipped(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
