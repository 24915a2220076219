import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ensureBuilt } from './build.mjs';
import { writeNotices } from './packaging/notices.mjs';
import { electronPath, isFallback } from './setup/electron.mjs';
import { fallbackVersion } from './setup/fallback-runtime.mjs';
import { moduleBin } from './setup/module-bin.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { inRoot } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say, seconds } from './setup/say.mjs';

/** `npm run package -- [tar.gz] [deb] [rpm] [dir]`: makes packages of this version in dist/ (docs/packaging.md). */
const kinds = process.argv.slice(2);

async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The time of the last commit, so that two builds of it give the same bytes. */
async function commitTime() {
  const { code, output } = await run('git', ['log', '-1', '--format=%ct'], { capture: true });
  return code === 0 ? output.trim() : '0';
}

async function main() {
  await ensurePackages();
  await ensureBuilt();
  const electron = await electronPath();
  const testOnly = isFallback(electron);
  if (testOnly)
    say(`Packing the fallback runtime ${fallbackVersion}: these packages are for tests only, never to ship.`);
  rmSync(inRoot('dist'), { recursive: true, force: true });
  await writeNotices(inRoot('dist', 'notices'));
  const { code, output } = await run(
    process.execPath,
    [moduleBin('electron-builder'), '--linux', ...kinds, '--x64', '--config', 'electron-builder.config.mjs'],
    {
      capture: true,
      env: {
        ...process.env,
        SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? (await commitTime()),
        COLDTRAIL_ELECTRON_DIST: dirname(electron),
        ...(testOnly ? { COLDTRAIL_ELECTRON_VERSION: fallbackVersion, COLDTRAIL_TEST_ONLY: 'true' } : {}),
        ELECTRON_BUILDER_7ZIP_PATH: inRoot('scripts', 'packaging', 'gzip.mjs'),
        CUSTOM_FPM_PATH: inRoot('scripts', 'packaging', 'fpm.mjs'),
      },
    },
  );
  if (code !== 0) throw new Error(`electron-builder ended with ${code}:\n${output.slice(-4000)}`);
  const made = readdirSync(inRoot('dist'))
    .filter((name) => /\.(tar\.gz|deb|rpm)$/.test(name))
    .sort();
  const sums = [];
  for (const name of made) {
    sums.push(`${await sha256(inRoot('dist', name))}  ${name}\n`);
    say(`${name}  ${(statSync(inRoot('dist', name)).size / 1e6).toFixed(1)} MB`);
  }
  writeFileSync(inRoot('dist', 'SHA256SUMS'), sums.join(''));
}

const startedAt = performance.now();
try {
  await main();
  say(`Packed in ${seconds(startedAt)}.`);
} catch (error) {
  say(`package: ${error.message}`);
  process.exitCode = 1;
}
