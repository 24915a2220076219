#!/usr/bin/env node
import { createRequire } from 'node:module';
import { ensureBuilt } from '../scripts/build.mjs';
import { openDisplay, setup } from '../scripts/setup.mjs';
import { ensurePackages } from '../scripts/setup/packages.mjs';
import { inRoot } from '../scripts/setup/paths.mjs';
import { say } from '../scripts/setup/say.mjs';

/**
 * The command line in the repository: makes what it needs, then hands over to the built one in this process, so that
 * arguments, output, signals and exit code are its own.
 */
const args = process.argv.slice(2);

// npm changes to the root of the repository and says where the user stands; but a script that npm runs may start this
// file itself, and then the folder it starts it in counts.
if (process.env.npm_lifecycle_event !== 'coldtrail') delete process.env.INIT_CWD;

/** Only a PDF needs Chromium. */
function needsElectron() {
  if (args.includes('--help') || args.includes('-h')) return false;
  if (args[0] === 'run' || args[0] === 'watch') return !args.includes('--no-pdf');
  return args[0] === 'report' && args.some((arg) => /(?:^|[.=])pdf$/i.test(arg));
}

try {
  await ensurePackages();
  await ensureBuilt();
  if (needsElectron()) {
    process.env.COLDTRAIL_ELECTRON = await setup();
    const display = await openDisplay();
    Object.assign(process.env, display.env);
  }
} catch (error) {
  say(`coldtrail: ${error.message}`);
  process.exit(1);
}

createRequire(import.meta.url)(inRoot('out', 'main', 'cli.js'));
