import { ensureBuilt } from './build.mjs';
import { setup } from './setup.mjs';
import { electronFlags } from './setup/electron-flags.mjs';
import { root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say } from './setup/say.mjs';
import { hasDisplay } from './setup/system-libraries.mjs';

/** Opens the window: `npm start`, or `npm start -- <case or bundle>`. */
try {
  if (!hasDisplay())
    throw new Error('there is no display here; npm run demo leaves screenshots instead of a window.');
  const electron = await setup();
  await ensureBuilt();
  const { code } = await run(electron, [...electronFlags(), root, ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  process.exitCode = code;
} catch (error) {
  say(`start: ${error.message}`);
  process.exitCode = 1;
}
