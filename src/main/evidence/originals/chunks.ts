import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { damageCode, isGzip, type Damage } from './inflate';
import { isZstd, unzstdStream } from './zstd';

type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>;

const CHUNK = 1024 ** 2;
/** Streams compress what CloudWatch Logs delivers compressed. */
const MAX_LAYERS = 3;
/** Bytes that are decompressed at once, and those of the result that are lost at most where it breaks. */
const FED = 64 * 1024;
const MAGIC = 8;

/** The bytes of a file from a place on. Fails, when all are read, if the file changed meanwhile. */
export async function* fileChunks(path: string, from = 0): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    const before = await file.stat();
    let at = from;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    const after = await file.stat();
    if (after.size !== at || after.mtimeMs !== before.mtimeMs)
      throw new Error(`the file changed while it was read (${at} bytes, now ${after.size})`);
  } finally {
    await file.close();
  }
}

/** A stream with its first bytes looked at. */
export async function peek(
  chunks: Chunks,
  least: number,
): Promise<{ readonly head: Buffer; readonly chunks: Peeked }> {
  const source = iteratorOf(chunks);
  const parts: Buffer[] = [];
  let size = 0;
  while (size < least) {
    const next = await source.next();
    if (next.done === true) break;
    parts.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(parts);
  return { head, chunks: new Peeked(head, source) };
}

/** Can be closed before it is read, which a generator that has not begun cannot. */
class Peeked implements AsyncIterableIterator<Buffer> {
  constructor(
    private head: Buffer | null,
    private readonly rest: Source,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Buffer>> {
    const { head } = this;
    this.head = null;
    return head !== null && head.length > 0 ? { done: false, value: head } : this.rest.next();
  }

  async return(): Promise<IteratorResult<Buffer>> {
    this.head = null;
    await this.rest.return?.(undefined);
    return { done: true, value: undefined };
  }
}

type Source = AsyncIterator<Buffer> | Iterator<Buffer>;

function iteratorOf(chunks: Chunks): Source {
  return Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
}

/** Decompresses what is gzip or zstd, as often as it is; where it breaks the stream ends, after telling `onDamage`. */
export async function unpacked(
  stored: Chunks,
  onDamage: (damage: Damage) => void,
): Promise<{ readonly chunks: Peeked; readonly layers: number }> {
  let { head, chunks } = await peek(stored, MAGIC);
  let layers = 0;
  while (layers < MAX_LAYERS && (isGzip(head) || isZstd(head))) {
    layers += 1;
    const inner = isGzip(head) ? gunzipped(chunks, onDamage) : unzstdOf(chunks, onDamage);
    ({ head, chunks } = await peek(inner, MAGIC));
  }
  return { chunks, layers };
}

async function* unzstdOf(chunks: Chunks, onDamage: (damage: Damage) => void): AsyncGenerator<Buffer> {
  const inner = unzstdStream(chunks);
  try {
    yield* inner;
  } catch (error) {
    onDamage({ code: 'zstd.damaged', detail: messageOf(error) });
  }
}

/** Decompresses a gzip stream, all its members. What came before the damage is given before `onDamage` is told. */
export async function* gunzipped(chunks: Chunks, onDamage: (damage: Damage) => void): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: FED });
  const out: Buffer[] = [];
  let size = 0;
  let failure: NodeJS.ErrnoException | null = null;
  gunzip.on('data', (data: Buffer) => {
    out.push(data);
    size += data.length;
  });
  gunzip.on('error', (error) => (failure = error));
  const broken = new Promise<void>((done) => gunzip.once('error', () => done()));
  const given = () => failure;
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length && !given(); at += FED) {
        const fed = new Promise<void>((done) => gunzip.write(chunk.subarray(at, at + FED), () => done()));
        await Promise.race([fed, broken]);
        if (out.length > 0) yield Buffer.concat(out.splice(0));
      }
      if (given()) break;
    }
    if (!given()) {
      const ended = new Promise<void>((done) => gunzip.once('end', done));
      gunzip.end();
      await Promise.race([ended, broken]);
    }
    if (out.length > 0) yield Buffer.concat(out.splice(0));
  } finally {
    gunzip.destroy();
  }
  const error = given();
  if (error)
    onDamage({
      code: damageCode(error.code ?? '', error.message),
      detail: `${error.message}; ${size} bytes could be read`,
    });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
