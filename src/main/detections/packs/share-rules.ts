import { basename } from 'node:path';
import * as v from 'valibot';
import type { TakenRules } from '../../../shared/contract/rules';
import { AppError } from '../../../shared/errors/app-error';
import type { CaseFolder } from '../../case/case-folder';
import { readShared, writeShared } from '../../case/shared-folder';
import { packOf, readCaseRules, takeRules, type Pack } from './case-rules';

const INDEX = 'rules.json';
const MOST_NAMES = 20_000;
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
/** What the folder's index says: packs with the files of each, and what is turned off. */
const Index = v.object({
  packs: v.array(
    v.object({
      name: Name,
      files: v.array(
        v.object({
          /** In the analyst's own folder. */
          path: Name,
          /** In this one. */
          file: Name,
        }),
      ),
    }),
  ),
  disabled: v.pipe(v.array(Name), v.maxLength(MOST_NAMES)),
});

/** Writes the case's packs of rules, exclusions among them, and its choices into a folder. Errors: `share.occupied`. */
export async function shareRules(caseFolder: CaseFolder, folder: string, now: string): Promise<TakenRules> {
  const { packs, disabled } = await readCaseRules(caseFolder.path);
  const files = new Map<string, string>();
  const index: v.InferOutput<typeof Index> = { packs: [], disabled };
  for (const [n, { name, files: own }] of packs.entries()) {
    const listed = own.map(({ path, text }, at) => {
      const plain = basename(path)
        .replace(/[^\w.-]+/g, '-')
        .slice(-60);
      const file = `packs/${n + 1}/${String(at + 1).padStart(4, '0')}-${plain}`;
      files.set(file, text);
      return { path, file };
    });
    index.packs.push({ name, files: listed });
  }
  files.set(INDEX, `${JSON.stringify(index, null, 1)}\n`);
  await writeShared(folder, { kind: 'rules', caseFolder, files, now });
  return { packs: packs.map(({ name }) => name), rules: files.size - 1, disabled: disabled.length };
}

/**
 * Takes packs and choices of such a folder into the case; packs that were taken from it before are replaced. What one
 * analyst turned off is turned off here, too; what is off here stays so. The caller holds the lock. Errors:
 * `share.refused`.
 */
export async function takeSharedRules(
  caseFolder: CaseFolder,
  folder: string,
  now: string,
): Promise<TakenRules> {
  const shared = await readShared(folder, 'rules');
  const index = indexOf(folder, shared.files.get(INDEX));
  const packs = index.packs.map(({ name, files }): Pack => {
    const texts = files.map(({ path, file }) => {
      const text = shared.files.get(file);
      if (text === undefined) refuse(folder, `${file} is not listed`);
      return { path, text };
    });
    return packOf({ name, from: `${shared.case.name} (${shared.case.id}): ${name}`, added: now }, texts);
  });
  await takeRules(caseFolder.path, packs, index.disabled);
  const rules = packs.reduce((sum, { files }) => sum + files.length, 0);
  return { packs: packs.map(({ name }) => name), rules, disabled: index.disabled.length };
}

function indexOf(folder: string, text: string | undefined): v.InferOutput<typeof Index> {
  if (text === undefined) refuse(folder, `${INDEX} is not listed`);
  try {
    return v.parse(Index, JSON.parse(text));
  } catch (error) {
    return refuse(folder, `${INDEX}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuse(path: string, detail: string): never {
  throw new AppError('share.refused', { path, detail });
}
