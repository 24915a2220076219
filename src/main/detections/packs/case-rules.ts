import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import * as v from 'valibot';
import { AppError } from '../../../shared/errors/app-error';
import { replaceFile, RULES } from '../../case/case-folder';
import { ruleFiles } from './rule-files';

const Schema = v.object({
  schema: v.literal(1),
  packs: v.array(
    v.object({
      name: v.string(),
      /** Folder that it was taken from. */
      from: v.string(),
      /** ISO time. */
      added: v.string(),
      files: v.array(v.object({ path: v.string(), sha256: v.string(), text: v.string() })),
    }),
  ),
  disabled: v.array(v.string()),
});

/** The analyst's rules and choices, kept in the case so that every analysis uses them wherever the case lies. */
export type CaseRules = v.InferOutput<typeof Schema>;
export type Pack = CaseRules['packs'][number];

export const NO_RULES: CaseRules = { schema: 1, packs: [], disabled: [] };

/** Errors: `rules.unreadable`. */
export async function readCaseRules(casePath: string): Promise<CaseRules> {
  const path = join(casePath, RULES);
  try {
    return v.parse(Schema, JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_RULES;
    throw new AppError(
      'rules.unreadable',
      { path, detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

/** Takes folders of rules into the case; one taken from the same place before is replaced. The caller holds the lock. */
export async function addPacks(casePath: string, folders: readonly string[], now: string): Promise<Pack[]> {
  const added = await Promise.all(folders.map((folder) => readPack(folder, now)));
  await takeRules(casePath, added, []);
  return added;
}

/** Takes packs in place of those from the same place, and turns off more rules. The caller holds the lock. */
export async function takeRules(
  casePath: string,
  added: readonly Pack[],
  disable: readonly string[],
): Promise<void> {
  const rules = await readCaseRules(casePath);
  const places = new Set(added.map(({ from }) => from));
  const packs = [...rules.packs.filter(({ from }) => !places.has(from)), ...added];
  const disabled = [...new Set([...rules.disabled, ...disable])].sort();
  await write(casePath, {
    ...rules,
    packs: packs.map((pack, i) => ({ ...pack, name: nameOf(packs, i) })),
    disabled,
  });
}

/** Rules (by id, name or title) and detectors (by id) that the next analysis does not run, and those that it does again. */
export async function chooseRules(
  casePath: string,
  { enable, disable }: { readonly enable: readonly string[]; readonly disable: readonly string[] },
): Promise<CaseRules> {
  const rules = await readCaseRules(casePath);
  const disabled = [...new Set([...rules.disabled, ...disable])].filter((id) => !enable.includes(id)).sort();
  await write(casePath, { ...rules, disabled });
  return { ...rules, disabled };
}

/** The rules of a folder as a pack that is not in a case. */
export async function readPack(folder: string, now: string): Promise<Pack> {
  const files = await Promise.all(
    (await ruleFiles(folder)).map(async (path) => ({
      path: relative(folder, path),
      text: await readFile(path, 'utf8'),
    })),
  );
  return packOf({ name: basename(folder), from: folder, added: now }, files);
}

export function packOf(
  head: Omit<Pack, 'files'>,
  files: readonly { readonly path: string; readonly text: string }[],
): Pack {
  const hashed = files.map(({ path, text }) => ({
    path,
    sha256: createHash('sha256').update(text).digest('hex'),
    text,
  }));
  return { ...head, files: hashed };
}

/** A name that no pack before it has. */
function nameOf(packs: readonly Pack[], at: number): string {
  const { name = '' } = packs[at] ?? {};
  const before = packs.slice(0, at).filter((pack) => pack.name === name).length;
  return before === 0 ? name : `${name}-${before + 1}`;
}

function write(casePath: string, rules: CaseRules): Promise<void> {
  return replaceFile(join(casePath, RULES), `${JSON.stringify(rules, null, 1)}\n`);
}
