import { createHash } from 'node:crypto';

/** A file cannot be read, or not to its end. */
export class UnreadableError extends Error {}

/** Chunks on their way to who reads them, hashed and counted. Who stops reading does not close them. */
export class HashedChunks implements AsyncIterable<Buffer>, AsyncIterator<Buffer> {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private readonly source: AsyncIterator<Buffer> | Iterator<Buffer>;
  private hex: string | null = null;

  constructor(chunks: AsyncIterable<Buffer> | Iterable<Buffer>) {
    this.source = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return this;
  }

  async next(): Promise<IteratorResult<Buffer>> {
    const next = await Promise.resolve(this.source.next()).catch((error: unknown) => {
      throw new UnreadableError(error instanceof Error ? error.message : String(error));
    });
    if (next.done !== true) {
      this.hash.update(next.value);
      this.bytes += next.value.length;
    }
    return next;
  }

  /** Reads what is left, for the hash. */
  async drain(): Promise<void> {
    let next = await this.next();
    while (next.done !== true) next = await this.next();
  }

  /** SHA-256 of all that was read, hex. */
  digest(): string {
    this.hex ??= this.hash.digest('hex');
    return this.hex;
  }

  async close(): Promise<void> {
    await this.source.return?.(undefined);
  }
}
