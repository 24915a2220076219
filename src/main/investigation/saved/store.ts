import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Investigation, KeptInvestigation } from '../../../shared/contract/investigation';
import { AppError } from '../../../shared/errors/app-error';
import type { CaseFolder } from '../../case/case-folder';

/** Below the case: one file an investigation. */
export const INVESTIGATIONS = 'investigations';
/** Ids have 21 digits, as AWS's. */
export const KEPT_ID = /^\d{21}$/;

export interface Kept {
  readonly id: string;
  readonly createdAt: string;
  readonly state: KeptInvestigation['state'];
  readonly investigation: Investigation;
  /** The case that it was taken over from; absent or null for one of this case. */
  readonly origin?: string | null;
}

/** Writes an investigation into the case under a new id of 21 digits, as AWS numbers them. */
export async function keep(
  caseFolder: CaseFolder,
  investigation: Investigation,
  createdAt: string,
): Promise<Kept> {
  const { entity, scope } = investigation;
  const hash = createHash('sha256')
    .update(JSON.stringify([entity, scope, createdAt]))
    .digest();
  const id = String(hash.readBigUInt64BE(0)).padStart(21, '0').slice(-21);
  const kept: Kept = { id, createdAt, state: 'ACTIVE', investigation };
  await write(caseFolder, kept);
  return kept;
}

/** Errors: `investigation.unknown`. */
export async function readKept(caseFolder: CaseFolder, id: string): Promise<Kept> {
  if (!KEPT_ID.test(id)) throw new AppError('investigation.unknown', { id });
  const text = await readFile(join(caseFolder.path, INVESTIGATIONS, `${id}.json`), 'utf8').catch(() => {
    throw new AppError('investigation.unknown', { id });
  });
  return JSON.parse(text) as Kept;
}

/** All of them, newest first. */
export async function listKept(caseFolder: CaseFolder): Promise<KeptInvestigation[]> {
  const names = await readdir(join(caseFolder.path, INVESTIGATIONS)).catch(() => []);
  const ids = names.map((name) => name.replace(/\.json$/, '')).filter((id) => KEPT_ID.test(id));
  const all = await Promise.all(ids.map((id) => readKept(caseFolder, id)));
  return all.map(inShort).sort((a, b) => b.createdAt.localeCompare(a.createdAt) || a.id.localeCompare(b.id));
}

/** Errors: `investigation.unknown`. */
export async function setState(caseFolder: CaseFolder, id: string, state: Kept['state']): Promise<Kept> {
  const kept = { ...(await readKept(caseFolder, id)), state };
  await write(caseFolder, kept);
  return kept;
}

export function inShort({ id, createdAt, state, investigation, origin = null }: Kept): KeptInvestigation {
  const { entity, scope, severity, indicators, incidents } = investigation;
  return {
    ...{ id, createdAt, state, entity, scope, severity },
    ...{ indicators: indicators.length, incidents, origin },
  };
}

/** Beside and renamed: a reader sees a whole file. */
export async function write(caseFolder: CaseFolder, kept: Kept): Promise<void> {
  const folder = join(caseFolder.path, INVESTIGATIONS);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${kept.id}.json`);
  const handle = await open(`${path}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(kept)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
}
