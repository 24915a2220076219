import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);
/** So many files may be in work at once: one more core can compress while texts are composed, and memory stays flat. */
const IN_WORK = 4;

/** Writes compressed files in the background, a few at a time. */
export class GzipFiles {
  private readonly folders = new Set<string>();
  private readonly pending = new Set<Promise<void>>();
  private failure: Error | null = null;
  files = 0;
  bytes = 0;

  /** Queues a file; waits while too many are in work. Throws what writing an earlier file threw. */
  async add(path: string, text: string): Promise<void> {
    while (this.pending.size >= IN_WORK) await Promise.race(this.pending);
    this.check();
    this.files += 1;
    const work: Promise<void> = this.write(path, text)
      .catch((error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => {
        this.pending.delete(work);
      });
    this.pending.add(work);
  }

  /** Waits until everything is on disk. */
  async finish(): Promise<void> {
    await Promise.all(this.pending);
    this.check();
  }

  private check(): void {
    if (this.failure !== null) throw this.failure;
  }

  private async write(path: string, text: string): Promise<void> {
    const folder = dirname(path);
    if (!this.folders.has(folder)) {
      await mkdir(folder, { recursive: true });
      this.folders.add(folder);
    }
    const packed = await compress(text, { level: 5 });
    this.bytes += packed.length;
    await writeFile(path, packed);
  }
}
