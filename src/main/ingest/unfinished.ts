import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UNFINISHED, type CaseFolder } from '../case/case-folder';

/** Parts that a killed import left half written: they are not listed, so they do not count. */
export async function removeUnfinished(caseFolder: CaseFolder): Promise<void> {
  const evidence = join(caseFolder.path, 'evidence');
  const listed = new Set((await caseFolder.manifest()).parts.map((part) => join(caseFolder.path, part.path)));
  for (const folder of await readdir(evidence, { withFileTypes: true }).catch(() => [])) {
    if (!folder.isDirectory() || folder.name === 'originals') continue;
    for (const name of await readdir(join(evidence, folder.name))) {
      const path = join(evidence, folder.name, name);
      if (name.endsWith(UNFINISHED) || (name.endsWith('.parquet') && !listed.has(path)))
        await rm(path, { force: true });
    }
  }
}
