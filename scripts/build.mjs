import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { inRoot, moduleFile } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say, seconds } from './setup/say.mjs';

const inputs = [
  'src',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'svelte.config.mjs',
  'tsconfig.base.json',
  'tsconfig.node.json',
  'tsconfig.web.json',
];
const stamp = inRoot('out', '.stamp');

/** By content, not by time: a fresh clone or a branch switched back and forth must not build again for nothing. */
function contentOf() {
  const hash = createHash('sha256');
  const add = (path) =>
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(inRoot(path)))
      .update('\0');
  for (const input of inputs.filter((path) => existsSync(inRoot(path)))) {
    if (/\.\w+$/.test(input)) add(input);
    else for (const file of filesUnder(input)) add(file);
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.path, entry.name).slice(inRoot().length + 1))
    .sort();
}

function isBuilt(content) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === content;
}

/**
 * Builds main, worker, command line, preload and renderer into out/ unless out/ was made from the same content. The
 * packages must be there. Errors: the build fails; its output is shown.
 */
export async function ensureBuilt() {
  if (isBuilt(contentOf())) return;
  await withLock('build', async () => {
    const content = contentOf();
    if (isBuilt(content)) return;
    const startedAt = performance.now();
    say('Building ...');
    rmSync(stamp, { force: true });
    const { code, output } = await run(
      process.execPath,
      [moduleFile('electron-vite', 'bin', 'electron-vite.js'), 'build'],
      {
        capture: true,
      },
    );
    if (code !== 0) {
      say(output);
      throw new Error(`The build failed with ${code}.`);
    }
    writeFileSync(stamp, content);
    say(`Built in ${seconds(startedAt)}.`);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await ensurePackages();
    await ensureBuilt();
  } catch (error) {
    say(`build: ${error.message}`);
    process.exit(1);
  }
}
