import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { Investigation, type TakenInvestigations } from '../../../shared/contract/investigation';
import { AppError } from '../../../shared/errors/app-error';
import type { CaseFolder } from '../../case/case-folder';
import { readShared, writeShared } from '../../case/shared-folder';
import { KEPT_ID, listKept, readKept, write, type Kept } from './store';

const Time = v.pipe(v.string(), v.isoTimestamp());
const Given = v.object({
  id: v.pipe(v.string(), v.regex(KEPT_ID)),
  createdAt: Time,
  state: v.picklist(['ACTIVE', 'ARCHIVED']),
  investigation: Investigation,
  origin: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(500))), null),
});

/**
 * Writes kept investigations into a folder for another analyst or case. Gives their number. Errors: `share.occupied`,
 * `investigation.unknown`.
 *
 * @param ids which; null: all that the case keeps
 */
export async function shareInvestigations(
  caseFolder: CaseFolder,
  folder: string,
  { ids, now }: { readonly ids: readonly string[] | null; readonly now: string },
): Promise<number> {
  const chosen = ids ?? (await listKept(caseFolder)).map(({ id }) => id).sort();
  const files = new Map<string, string>();
  for (const id of chosen) files.set(`${id}.json`, `${JSON.stringify(await readKept(caseFolder, id))}\n`);
  await writeShared(folder, { kind: 'investigations', caseFolder, files, now });
  return files.size;
}

/**
 * Takes the investigations of such a folder into the case. One that the case keeps already stays as it is; where its
 * content differs that is told. All are read and checked before the first is written. Errors: `share.refused`.
 */
export async function takeInvestigations(
  caseFolder: CaseFolder,
  folder: string,
): Promise<TakenInvestigations> {
  const shared = await readShared(folder, 'investigations');
  const given = [...shared.files].map(([path, text]) => readGiven(folder, path, text));
  const origin = shared.case.id === caseFolder.info.id ? null : shared.case.name;
  const taken: TakenInvestigations = { added: 0, known: 0, differing: [] };
  for (const kept of given) {
    const own = await readKept(caseFolder, kept.id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'investigation.unknown') return null;
      throw error;
    });
    if (own === null) {
      await write(caseFolder, { ...kept, origin: kept.origin ?? origin });
      taken.added += 1;
    } else if (isSame(own, kept)) taken.known += 1;
    else taken.differing.push(kept.id);
  }
  return taken;
}

/** Compared as the contract sees both: the order of keys, and keys of other versions, do not count. */
function isSame(own: Kept, given: Kept): boolean {
  const known = v.safeParse(Investigation, own.investigation);
  return known.success && isDeepStrictEqual(known.output, given.investigation);
}

function readGiven(folder: string, path: string, text: string): Kept {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new AppError('share.refused', { path: folder, detail: `${path} is no JSON` });
  }
  const result = v.safeParse(Given, given);
  if (!result.success) {
    const [issue] = result.issues;
    const detail = `${path} is no investigation: ${v.getDotPath(issue) ?? ''} ${issue.message}`;
    throw new AppError('share.refused', { path: folder, detail });
  }
  if (path !== `${result.output.id}.json`)
    throw new AppError('share.refused', { path: folder, detail: `${path} holds ${result.output.id}` });
  return result.output;
}
