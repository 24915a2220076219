import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import { Mmdb } from './mmdb';

/** Where the location files of a case are: copies, so that each of its analyses finds the same. */
const LOCATIONS = 'locations';

/** Takes MaxMind DB files into a case; one of the same name is replaced. Errors: `locations.unreadable`. */
export async function addLocationFiles(casePath: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      new Mmdb(await readFile(file));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new AppError('locations.unreadable', { path: file, detail });
    }
  }
  const folder = join(casePath, LOCATIONS);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const file of files) await copyFile(file, join(folder, basename(file)));
}

/** The location files of a case, by name; none without a case. */
export async function ownLocationFiles(casePath: string | undefined): Promise<string[]> {
  if (casePath === undefined) return [];
  const folder = join(casePath, LOCATIONS);
  const names = await readdir(folder).catch(() => []);
  return names.sort().map((name) => join(folder, name));
}
