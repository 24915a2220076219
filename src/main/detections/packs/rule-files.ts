import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Every rule file below a folder, in the order of their paths. */
export async function ruleFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return ruleFiles(path);
      return entry.isFile() && /\.ya?ml$/i.test(entry.name) ? [path] : [];
    }),
  );
  return nested.flat().sort();
}
