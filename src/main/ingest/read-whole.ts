import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Larger files are read by the thread pool, so that a slow disk does not hold up the answer to a cancel. */
const MAX_BLOCKING = 16 * 1024 ** 2;

/**
 * The bytes of a file. Exports are thousands of small files: for those a blocking read costs a fifth of a trip through
 * the thread pool. A file that changes while it is read fails: half of an old and half of a new state is no original.
 */
export async function readWhole(path: string): Promise<Buffer> {
  const descriptor = openSync(path, 'r');
  try {
    const before = fstatSync(descriptor);
    const bytes = before.size > MAX_BLOCKING ? await readFile(path) : readBlocking(descriptor, before.size);
    const after = fstatSync(descriptor);
    if (after.size !== bytes.length || after.mtimeMs !== before.mtimeMs) {
      throw new Error(`the file changed while it was read (${bytes.length} bytes, now ${after.size})`);
    }
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

function readBlocking(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let done = 0;
  while (done < size) {
    const got = readSync(descriptor, bytes, done, size - done, null);
    if (got === 0) break;
    done += got;
  }
  return bytes.subarray(0, done);
}
