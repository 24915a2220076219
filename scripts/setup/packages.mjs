import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { withLock } from './lock.mjs';
import { npm } from './run.mjs';
import { say, seconds } from './say.mjs';

const stamp = inRoot('node_modules', '.coldtrail-stamp');

function wanted() {
  return createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
}

function installed() {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
}

/**
 * npm's own record of what it put in node_modules. It answers for a tree that `npm ci` or `npm install` made by hand,
 * so that such a tree is not thrown away and fetched again.
 */
function matchesLock() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const lock = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const here = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(lock).every(
    ([path, entry]) => path === '' || entry.optional || here[path]?.version === entry.version,
  );
}

/** Installs the packages of package-lock.json when node_modules is missing or was made from another lock file. */
export async function ensurePackages() {
  if (installed() === wanted()) return;
  await withLock('packages', async () => {
    if (installed() === wanted()) return;
    if (!matchesLock()) await install();
    writeFileSync(stamp, wanted());
  });
}

async function install() {
  const startedAt = performance.now();
  say('Installing the packages of package-lock.json ...');
  const { code } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0)
    throw new Error(`npm ci failed with ${code}. Check the network or the npm settings and run it again.`);
  say(`Packages installed in ${seconds(startedAt)}.`);
}
