import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { ruleFiles } from './check';
import { parseSigma, type ParseProblem } from './sigma/parse';
import type { SigmaRule } from './sigma/rule';

export interface Pack {
  readonly rules: readonly SigmaRule[];
  readonly problems: readonly (ParseProblem & { readonly file: string })[];
}

/** Reads the Sigma rules of a folder, for `runDetections`. Errors: those of reading the folder. */
export async function loadPack(folder: string): Promise<Pack> {
  const rules: SigmaRule[] = [];
  const problems: (ParseProblem & { file: string })[] = [];
  for (const path of await ruleFiles(folder)) {
    const parsed = parseSigma(await readFile(path, 'utf8'));
    rules.push(...parsed.rules);
    problems.push(...parsed.problems.map((p) => ({ file: relative(folder, path), ...p })));
  }
  return { rules, problems };
}
