import { cp, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, UNFINISHED, type CaseFolder } from '../case/case-folder';

const FOLDER = 'backup';
/** What is no part of what the case says: the lock of this run, temporary files, the log, earlier backups. */
const LEFT_OUT = new Set(['lock', 'tmp', 'log', FOLDER]);

/**
 * Keeps the case as it is in `backup/schema-<n>`, itself a case for the version that made it, and gives its path. Parquet
 * files are linked, since none is changed after it was written; the rest is copied. A backup that is whole stays as it is:
 * a migration that was broken off must not back up what it did.
 */
export async function backUp(caseFolder: CaseFolder): Promise<string> {
  const target = join(caseFolder.path, FOLDER, `schema-${caseFolder.info.schemaVersion}`);
  if (await isThere(target)) return target;
  const beside = `${target}${UNFINISHED}`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true, mode: 0o700 });
  for (const name of await readdir(caseFolder.path)) {
    if (!LEFT_OUT.has(name)) await keep(join(caseFolder.path, name), join(beside, name));
  }
  await rename(beside, target);
  await syncFolder(join(caseFolder.path, FOLDER));
  return target;
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function keep(from: string, to: string): Promise<void> {
  const info = await stat(from);
  if (info.isDirectory()) {
    await mkdir(to, { mode: 0o700 });
    for (const name of await readdir(from)) await keep(join(from, name), join(to, name));
    return;
  }
  // File systems without links (exFAT, some shares) take a copy.
  const isLinked =
    from.endsWith('.parquet') &&
    (await link(from, to).then(
      () => true,
      () => false,
    ));
  if (!isLinked) await cp(from, to, { preserveTimestamps: true });
}
