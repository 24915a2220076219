import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { electronFlags } from './setup/electron-flags.mjs';
import { inRoot } from './setup/paths.mjs';
import { say } from './setup/say.mjs';

/** Drives the window over a case without a display of the user's own and leaves two pictures: `<electron> <case> <folder>`. */
const [electron, caseFolder, folder] = process.argv.slice(2);
const WAIT_MS = 60_000;
const userData = mkdtempSync(join(tmpdir(), 'coldtrail-demo-'));

const app = await _electron.launch({
  executablePath: electron,
  args: [inRoot('out', 'main', 'index.js'), '--case', caseFolder],
  chromiumSandbox: electronFlags().length === 0,
  env: { ...process.env, COLDTRAIL_USER_DATA: userData },
  timeout: WAIT_MS,
});
try {
  const page = await app.firstWindow();
  const incident = page.getByText(/^(Credentials|Activity) of/).first();
  await incident.waitFor({ timeout: WAIT_MS });
  await page.screenshot({ path: join(folder, 'summary.png') });
  await incident.click();
  await page.getByText('How did it happen?').waitFor({ timeout: WAIT_MS });
  // Until the graph is laid out.
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, undefined, {
    timeout: WAIT_MS,
  });
  await page.screenshot({ path: join(folder, 'incident.png') });
  say(`Pictures of the window: ${join(folder, 'summary.png')}, ${join(folder, 'incident.png')}`);
} finally {
  await app.close();
  rmSync(userData, { recursive: true, force: true });
}
