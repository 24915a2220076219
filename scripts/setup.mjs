import { pathToFileURL } from 'node:url';
import { electronPath, isFallback } from './setup/electron.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { say } from './setup/say.mjs';
import { checkSystemLibraries, installSystemLibraries } from './setup/system-libraries.mjs';

export { openDisplay, withDisplay } from './setup/display.mjs';
export { electronPath, ensurePackages };

/**
 * Makes everything that the window needs: packages, an Electron runtime, its system libraries. Quick when all is there.
 * @returns {Promise<string>} the Electron executable
 */
export async function setup() {
  const [electron] = await Promise.all([ensurePackages().then(electronPath), installSystemLibraries()]);
  await checkSystemLibraries(electron);
  return electron;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const electron = await setup().catch((error) => {
    say(`setup: ${error.message}`);
    process.exit(1);
  });
  say(`Ready: ${isFallback(electron) ? 'fallback ' : ''}Electron at ${electron}`);
}
