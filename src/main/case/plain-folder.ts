import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { AppError } from '../../shared/errors/app-error';

/**
 * Refuses a case that holds anything but files and folders. In one that somebody else made, a link would let the action log,
 * a kept investigation or a log line be written where it leads to, and a pipe would never end. Errors: `case.strange`.
 */
export async function assertPlain(folder: string): Promise<void> {
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of await entriesOf(at)) {
      if (entry.isDirectory()) open.push(join(at, entry.name));
      else if (!entry.isFile())
        throw new AppError('case.strange', { path: folder, name: relative(folder, join(at, entry.name)) });
    }
  }
}

/** A folder that a job of another process took away meanwhile holds nothing. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Whether a file itself is there, no link to one and nothing else. */
export async function isPlainFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
