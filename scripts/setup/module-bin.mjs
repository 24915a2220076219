import { readFileSync } from 'node:fs';
import { moduleFile } from './paths.mjs';

/**
 * The script behind a command of an installed package, to be started with Node: works on every system and without npx.
 * @param {string} name of the package
 * @param {string} [command] the command, when the package has several
 */
export function moduleBin(name, command = name) {
  const { bin } = JSON.parse(readFileSync(moduleFile(name, 'package.json'), 'utf8'));
  return moduleFile(name, typeof bin === 'string' ? bin : bin[command]);
}
