import { closeSync, openSync, readSync, writevSync } from 'node:fs';

/** Where the lines of one file lie in a spool. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

const FLUSH_BYTES = 1024 ** 2;
/** Most pieces that one call of the system takes (IOV_MAX). */
const MAX_PIECES = 1024;

/**
 * A temporary file inside the case that DuckDB reads one batch from: the records of many originals as one stream of
 * lines, so that the engine never meets a damaged archive, a byte order mark or an odd delivery. Readable by the owner
 * alone; removed with the batch. Blocking calls: a file is a few of them, and a trip through the thread pool costs more
 * than the call itself.
 */
export class Spool {
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private written = 0;

  private constructor(
    readonly path: string,
    private readonly descriptor: number,
  ) {}

  static create(path: string): Spool {
    return new Spool(path, openSync(path, 'w+', 0o600));
  }

  get bytes(): number {
    return this.written + this.pendingBytes;
  }

  /** Adds bytes that the caller does not change any more. */
  add(...chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) {
      this.pending.push(chunk);
      this.pendingBytes += chunk.length;
    }
    if (this.pendingBytes >= FLUSH_BYTES) this.flush();
  }

  flush(): void {
    const { pending } = this;
    this.pending = [];
    this.pendingBytes = 0;
    for (let i = 0; i < pending.length; i += MAX_PIECES) this.write(pending.slice(i, i + MAX_PIECES));
  }

  read({ offset, length }: Range): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    return buffer.subarray(0, readSync(this.descriptor, buffer, 0, length, offset));
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private write(pieces: Uint8Array[]): void {
    const wanted = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const done = writevSync(this.descriptor, pieces, this.written);
    this.written += done;
    if (done < wanted) this.write([Buffer.concat(pieces).subarray(done)]);
  }
}
