import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { SOURCE_MAPS, UNFINISHED, type CaseFolder } from '../case/case-folder';
import { parseSourceMap, type SourceMap } from '../sources/mapped/source-map';

/** A map as its author wrote it. */
interface WrittenMap {
  readonly file: string;
  readonly text: string;
}

/** The source maps that a case holds. Errors: `sourceMap.invalid`. */
export async function readSourceMaps(caseFolder: CaseFolder): Promise<SourceMap[]> {
  return (await written(caseFolder)).map(({ file, text }) => parseSourceMap(text, file));
}

/** Takes source maps into a case; one of the same name is replaced. Errors: `path.missing`, `sourceMap.invalid`. */
export async function addSourceMaps(caseFolder: CaseFolder, files: readonly string[]): Promise<void> {
  const added: WrittenMap[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw new AppError('path.missing', { path: file });
    });
    added.push({ file, text });
  }
  await keepSourceMaps(caseFolder, added);
}

/** The same with maps that are no files. Errors: `sourceMap.invalid`. */
export async function keepSourceMaps(caseFolder: CaseFolder, added: readonly WrittenMap[]): Promise<void> {
  const nameOf = ({ file, text }: WrittenMap) => parseSourceMap(text, file).name;
  const names = new Set(added.map(nameOf));
  const kept = (await written(caseFolder)).filter((map) => !names.has(nameOf(map)));
  const path = join(caseFolder.path, SOURCE_MAPS);
  await writeFile(path + UNFINISHED, `${JSON.stringify([...kept, ...added], null, 2)}\n`, { mode: 0o600 });
  await rename(path + UNFINISHED, path);
}

async function written(caseFolder: CaseFolder): Promise<WrittenMap[]> {
  const text = await readFile(join(caseFolder.path, SOURCE_MAPS), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '[]';
    throw error;
  });
  return JSON.parse(text) as WrittenMap[];
}
