import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { ensureBuilt } from './build.mjs';
import { openDisplay, setup } from './setup.mjs';
import { electronFlags } from './setup/electron-flags.mjs';
import { inRoot } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say } from './setup/say.mjs';

/** Renews docs/images from the sample of seed 7: `node scripts/screenshots.mjs`. */
const WAIT_MS = 60_000;
const images = inRoot('docs', 'images');
const folder = mkdtempSync(join(tmpdir(), 'coldtrail-images-'));

async function coldtrail(...args) {
  const { code, output } = await run(process.execPath, [inRoot('bin', 'coldtrail.mjs'), ...args, '--json'], {
    capture: true,
  });
  if (code !== 0) throw new Error(`coldtrail ${args[0]} ended with ${code}: ${output.slice(-500)}`);
}

async function takeAll(page) {
  const shoot = async (name) => {
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    // The force layout settles over some frames that nothing announces.
    await page.waitForTimeout(2500);
    await page.screenshot({ path: join(images, `${name}.png`) });
    say(`docs/images/${name}.png`);
  };
  const go = (view) =>
    page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view, exact: true }).click();
  const incident = page.getByRole('grid', { name: 'Incidents' }).getByRole('row').nth(1);
  await incident.waitFor();
  await shoot('summary');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await incident.click();
  await page.getByRole('heading', { name: 'How did it happen?' }).waitFor();
  await shoot('incident');
  await page.getByRole('toolbar', { name: 'Graph tools' }).evaluate((tools) => tools.scrollIntoView());
  await shoot('graph');
  await page.getByRole('button', { name: 'Scope to incident' }).click();
  await go('Timeline');
  await page.getByLabel('Lines by').selectOption('principal');
  await shoot('timeline');
  await go('Findings');
  await shoot('findings');
  await page.getByRole('button', { name: 'Commands' }).click();
  await page.keyboard.type('Clear the scope time');
  await page.keyboard.press('Enter');
  await go('Map');
  await page.getByRole('grid', { name: 'Places' }).getByRole('row').nth(1).click();
  await page.getByRole('grid', { name: 'Addresses of the place' }).getByRole('row').nth(1).waitFor();
  await shoot('map');
  await page.keyboard.press('Alt+ArrowLeft');
  await page.keyboard.press('Alt+ArrowLeft');
  await go('Compare');
  await page.getByRole('button', { name: 'Scope time with the span before it' }).click();
  await page.getByRole('grid', { name: 'API calls' }).waitFor();
  await shoot('compare');
  await go('Search');
  await page.getByRole('searchbox', { name: 'Search text' }).fill('i-*');
  await page.keyboard.press('Enter');
  await page.getByRole('grid', { name: 'Entities' }).getByRole('row').nth(1).click();
  await page.getByRole('tab', { name: 'Lineage' }).waitFor();
  await shoot('profile');
  await go('Report');
  await page
    .frameLocator('iframe')
    .locator('#s-summary')
    .evaluate((part) => part.scrollIntoView());
  await shoot('report-builder');
  await go('Rules');
  await page.getByRole('grid', { name: 'Rules' }).getByRole('row').nth(3).click();
  await shoot('rules');
  await go('Notes');
  await page
    .getByRole('textbox', { name: 'New note' })
    .fill(
      'The *instance credential* left the instance:\n\n- first used from `222.186.200.212`\n- [x] role sessions revoked',
    );
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('button', { name: 'True positive' }).click();
  await page.getByRole('grid', { name: 'Annotations' }).getByRole('row').nth(2).waitFor();
  await shoot('notes');
  await go('Incidents');
  await incident.click();
  await page.getByRole('heading', { name: 'How did it happen?' }).waitFor();
  await page.getByRole('button', { name: 'Scope to incident' }).click();
  await page.keyboard.press('Control+\\');
  await go('Timeline');
  await page.keyboard.press('F6');
  const tools = page.getByRole('toolbar', { name: 'Graph tools' });
  await tools.evaluate((element) => element.scrollIntoView());
  await tools.getByRole('button', { name: 'Play back in time' }).click();
  await page.getByRole('slider', { name: 'Moment' }).focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
  await shoot('split');
}

const display = await (async () => {
  const electron = await setup();
  await ensureBuilt();
  return { electron, ...(await openDisplay()) };
})();
try {
  mkdirSync(images, { recursive: true });
  await coldtrail('sample', '--out', folder, '--seed', '7', '--events', '20000');
  await coldtrail('open', join(folder, 'bundle'), '--case', join(folder, 'case'));
  const app = await _electron.launch({
    executablePath: display.electron,
    args: [inRoot('out', 'main', 'index.js'), '--case', join(folder, 'case')],
    chromiumSandbox: electronFlags().length === 0,
    env: { ...display.env, COLDTRAIL_USER_DATA: join(folder, 'settings') },
    timeout: WAIT_MS,
  });
  try {
    await takeAll(await app.firstWindow());
  } finally {
    await app.close();
  }
} finally {
  display.stop();
  rmSync(folder, { recursive: true, force: true });
}
