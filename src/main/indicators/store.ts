import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, writeFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import type { ParsedList } from './formats/parsed';
import { LARGEST_LIST, readList } from './read-list';

/** Below the case: one file a list. */
export const INDICATORS = 'indicators';

export interface IndicatorList extends ParsedList {
  readonly name: string;
  readonly importedAt: string;
  /** Of the file as it was imported. */
  readonly sha256: string;
}

/** Reads a file and writes it into the case; the same name is replaced. Errors: `indicators.unreadable`, `path.missing`. */
export async function importList(
  caseFolder: CaseFolder,
  path: string,
  importedAt: string,
): Promise<IndicatorList> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw new AppError('path.missing', { path }, { cause: error });
  });
  if (size > LARGEST_LIST)
    throw new AppError('indicators.unreadable', { path, detail: `it has more than ${LARGEST_LIST} bytes` });
  const bytes = await readFile(path);
  const list: IndicatorList = {
    name: basename(path),
    importedAt,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...readList(bytes.toString('utf8'), path),
  };
  const folder = join(caseFolder.path, INDICATORS);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, fileOf(list.name));
  await writeFile(`${target}.new`, `${JSON.stringify(list)}\n`, { mode: 0o600 });
  await rename(`${target}.new`, target);
  return list;
}

/** The lists of a case by name. */
export async function loadLists(caseFolder: CaseFolder): Promise<IndicatorList[]> {
  const folder = join(caseFolder.path, INDICATORS);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => JSON.parse(text) as IndicatorList);
}

/** Takes a list out of the case. Errors: `indicators.unknown`. */
export async function removeList(caseFolder: CaseFolder, name: string): Promise<void> {
  await rm(join(caseFolder.path, INDICATORS, fileOf(name))).catch((error: unknown) => {
    throw new AppError('indicators.unknown', { name }, { cause: error });
  });
}

/** A name of our own: that of the list can hold anything. */
function fileOf(name: string): string {
  return `${createHash('sha256').update(name).digest('hex').slice(0, 16)}.json`;
}
