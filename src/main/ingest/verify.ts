import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseFolder } from '../case/case-folder';
import { openCaseDatabase } from '../evidence/views';
import { hashFile } from './batch';

export interface Verified {
  readonly ok: boolean;
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly ok: boolean; readonly detail?: string }[];
}

/** Hashes every original and every evidence part again and compares with what was recorded at import. */
export async function verify(caseFolder: CaseFolder, options: { readonly signal?: AbortSignal } = {}): Promise<Verified> {
  const { parts } = await caseFolder.manifest();
  const expected = parts.map((p) => ({ path: join(caseFolder.path, p.path), sha256: p.sha256 }));
  const database = await openCaseDatabase(caseFolder).catch(() => null);
  if (database) {
    try {
      expected.push(
        ...(await database.main.rows<{ path: string; sha256: string }>(
          "SELECT path, sha256 FROM files WHERE sha256 <> '' AND NOT contains(path, '!') ORDER BY file_id",
        )),
      );
    } finally {
      database.close();
    }
  }
  const files = [];
  for (const { path, sha256 } of expected) {
    if (options.signal?.aborted) break;
    files.push(await check(path, sha256));
  }
  return { ok: database !== null && files.every((f) => f.ok), files };
}

async function check(path: string, sha256: string): Promise<Verified['files'][number]> {
  try {
    await access(path);
    const found = await hashFile(path);
    return found === sha256 ? { path, sha256, ok: true } : { path, sha256, ok: false, detail: `the hash is now ${found}` };
  } catch (error) {
    return { path, sha256, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
