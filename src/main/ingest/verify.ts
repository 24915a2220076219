import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { CaseFolder } from '../case/case-folder';
import { storedChunks } from '../evidence/originals/stored';
import { openCaseDatabase } from '../evidence/views';
import { hashFile } from './writer';

interface VerifiedFile {
  readonly path: string;
  /** The hash of the import. */
  readonly sha256: string;
  readonly ok: boolean;
  /** What is wrong, when something is. */
  readonly detail?: string;
}
interface Verified {
  readonly ok: boolean;
  readonly files: readonly VerifiedFile[];
}

interface VerifyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly filesDone: number; readonly filesTotal: number }) => void;
}

interface Expected {
  readonly path: string;
  readonly sha256: string;
  /** Members lie in an archive, not on the disk. */
  readonly member: boolean;
}

/**
 * Hashes every original and every evidence part again and compares with the import. Evidence that cannot be read any
 * more does not hide the rest: its parts are reported and the originals they named are left out.
 */
export async function verify(caseFolder: CaseFolder, options: VerifyOptions = {}): Promise<Verified> {
  const { parts } = await caseFolder.manifest();
  const expected: Expected[] = parts.map((part) => ({
    path: join(caseFolder.path, part.path),
    sha256: part.sha256,
    member: false,
  }));
  const originals = await originalsOf(caseFolder).catch(() => null);
  if (originals) expected.push(...originals);
  const files: VerifiedFile[] = [];
  for (const one of expected) {
    options.signal?.throwIfAborted();
    files.push(await check(one, options.signal));
    options.onProgress?.({ filesDone: files.length, filesTotal: expected.length });
  }
  return { ok: originals !== null && files.every((file) => file.ok), files };
}

async function originalsOf(caseFolder: CaseFolder): Promise<Expected[]> {
  const database = await openCaseDatabase(caseFolder);
  try {
    const rows = await database.main.rows<{ path: string; sha256: string }>(
      "SELECT path, any_value(sha256 ORDER BY file_id DESC) AS sha256 FROM files WHERE sha256 <> '' AND state <> 'removed' GROUP BY path ORDER BY max(file_id)",
    );
    const archives = new Set(rows.map((row) => row.path));
    return rows.map((row) => ({ ...row, member: isMember(row.path, archives) }));
  } finally {
    database.close();
  }
}

function isMember(path: string, archives: ReadonlySet<string>): boolean {
  for (let mark = path.indexOf('!'); mark >= 0; mark = path.indexOf('!', mark + 1))
    if (archives.has(path.slice(0, mark))) return true;
  return false;
}

async function check(
  { path, sha256, member }: Expected,
  signal: AbortSignal | undefined,
): Promise<VerifiedFile> {
  try {
    const found = member ? await hashMember(path) : await hashFile(path, signal);
    return found === sha256
      ? { path, sha256, ok: true }
      : { path, sha256, ok: false, detail: `the hash is now ${found}` };
  } catch (error) {
    signal?.throwIfAborted();
    return { path, sha256, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function hashMember(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of storedChunks(path)) hash.update(chunk);
  return hash.digest('hex');
}
