import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { fallbackPath, fallbackVersion, installFallback } from './fallback-runtime.mjs';
import { inRoot, moduleFile, stateDir } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const INSTALL_TIMEOUT_MS = 180_000;

/** Remembers for which version fetching the product's binary failed, so that it is tried once and not at every start. */
const refused = join(stateDir, 'electron-refused');

function manifest() {
  return JSON.parse(readFileSync(moduleFile('electron', 'package.json'), 'utf8'));
}

function productPath() {
  const pointer = moduleFile('electron', 'path.txt');
  if (!existsSync(pointer)) return null;
  const file = moduleFile('electron', 'dist', readFileSync(pointer, 'utf8'));
  return existsSync(file) ? file : null;
}

async function installProduct() {
  const { version } = manifest();
  if (existsSync(refused) && readFileSync(refused, 'utf8') === version) return null;
  say(`Fetching Electron ${version} ...`);
  const { code } = await run(process.execPath, [moduleFile('electron', 'install.js')], {
    capture: true,
    timeoutMs: INSTALL_TIMEOUT_MS,
  });
  const file = code === 0 ? productPath() : null;
  if (file) return file;
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(refused, version);
  return null;
}

/**
 * The Electron executable to run and test with: the product's version where its binary can be had, else the fallback.
 * Installs what is missing; the packages must be there.
 * @returns {Promise<string>}
 */
export async function electronPath() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return join(override, 'electron');
  return productPath() ?? fallbackPath() ?? withLock('electron', install);
}

async function install() {
  const file = (await installProduct()) ?? fallbackPath();
  if (file) return file;
  say(
    `Electron ${manifest().version} cannot be fetched here: using ${fallbackVersion}, a fallback to run and test with, never to ship.`,
  );
  return installFallback();
}

/** @param {string} file an executable from {@link electronPath} */
export function isFallback(file) {
  return file.startsWith(inRoot('.electron'));
}
