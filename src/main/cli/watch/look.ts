import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder or file that lies in the watched folder. */
export interface Arrival {
  readonly name: string;
  readonly path: string;
  /** Number and bytes of its files and its latest change: the same twice means that nobody writes it any more. */
  readonly state: string;
}

/** Names that programs give to what they are still writing. */
const UNFINISHED = /\.(?:part|partial|tmp|crdownload|filepart)$/i;

/** What lies directly in the folder, by name. Hidden and unfinished names are not told; links are not followed. */
export async function look(folder: string): Promise<Arrival[]> {
  const out: Arrival[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || UNFINISHED.test(entry.name)) continue;
    if (!entry.isDirectory() && !entry.isFile()) continue;
    const path = join(folder, entry.name);
    const sum = { files: 0, bytes: 0, latest: 0, unfinished: 0 };
    await weigh(path, sum);
    if (sum.files > 0 && sum.unfinished === 0)
      out.push({ name: entry.name, path, state: `${sum.files} ${sum.bytes} ${sum.latest}` });
  }
  return out.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function weigh(
  path: string,
  sum: { files: number; bytes: number; latest: number; unfinished: number },
): Promise<void> {
  // What goes while it is looked at is looked at again at the next turn.
  const found = await lstat(path).catch(() => null);
  if (found === null) return;
  if (found.isDirectory()) {
    for (const name of await readdir(path).catch(() => [])) await weigh(join(path, name), sum);
  } else if (found.isFile()) {
    sum.files += 1;
    sum.bytes += found.size;
    sum.latest = Math.max(sum.latest, found.mtimeMs);
    if (UNFINISHED.test(path)) sum.unfinished += 1;
  }
}
