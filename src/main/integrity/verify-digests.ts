import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import { openCaseDatabase } from '../evidence/views';
import { checkDigests } from './check-digests';
import { keysOfFile, type PublicKey } from './public-keys';
import { summariseDigests, type DigestSummary } from './summary';

/** Checks the digest files of a case by an examiner's keys, or by those that the bundle brought along when they are null. */
export async function verifyDigests(
  caseFolder: CaseFolder,
  keys: readonly PublicKey[] | null,
): Promise<DigestSummary> {
  const database = await openCaseDatabase(caseFolder);
  try {
    await checkDigests(database.main, keys);
    return await summariseDigests(database.main, 'digest_results');
  } finally {
    database.close();
  }
}

/** The keys of a file. Errors: `path.missing`, `digest.noKey`. */
export async function readKeys(path: string): Promise<readonly PublicKey[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('path.missing', { path }, { cause: error });
  });
  const keys = keysOfFile(text);
  if (keys.length === 0) throw new AppError('digest.noKey', { path });
  return keys;
}
