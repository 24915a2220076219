import { open, type FileHandle } from 'node:fs/promises';

/** Where the lines of one file lie in a spool. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

const FLUSH_BYTES = 4 * 1024 ** 2;

/**
 * A temporary file inside the case that DuckDB reads one batch from: the records of many originals as one stream of
 * lines, so that the engine never meets a damaged archive, a byte order mark or an odd delivery. Readable by the owner
 * alone; removed with the batch.
 */
export class Spool {
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private written = 0;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  static async create(path: string): Promise<Spool> {
    return new Spool(path, await open(path, 'w+', 0o600));
  }

  get bytes(): number {
    return this.written + this.pendingBytes;
  }

  /** Adds bytes that the caller does not change any more. */
  async add(...chunks: readonly Uint8Array[]): Promise<void> {
    for (const chunk of chunks) {
      this.pending.push(chunk);
      this.pendingBytes += chunk.length;
    }
    if (this.pendingBytes >= FLUSH_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.pendingBytes === 0) return;
    const { pending, pendingBytes } = this;
    this.pending = [];
    this.pendingBytes = 0;
    await this.handle.appendFile(
      pending.length === 1 ? (pending[0] as Uint8Array) : Buffer.concat(pending, pendingBytes),
    );
    this.written += pendingBytes;
  }

  async read({ offset, length }: Range): Promise<Buffer> {
    const { buffer } = await this.handle.read(Buffer.allocUnsafe(length), 0, length, offset);
    return buffer;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
