import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openWindow } from '../test/e2e/window';
import { framesWhile, type FrameTimes } from './measure/frame-times';
import { MOTIONS } from './measure/graph-motions';
import { makeLargeIncident } from './measure/large-incident';

/**
 * How the real window keeps up with an incident of some 10,000 nodes and 50,000 links: time between frames while the
 * picture is laid out, moved, zoomed, pointed at, dragged and played back, and while its table scrolls. It prints; it never fails for being slow.
 *
 *   npm run bench -- frames [--findings 6250] [--pictures <folder>]
 */
const { values } = parseArgs({
  options: { findings: { type: 'string', default: '6250' }, pictures: { type: 'string' } },
});
const WAIT_MS = 180_000;
const WHEELS = 60;
const LAYOUTS = ['Flow', 'Circle', 'Radial', 'Grid', 'Time', 'Force'];

function line(name: string, { fps, p50, p95, worst, frames }: FrameTimes): void {
  const ms = (value: number): string => `${value} ms`.padStart(9);
  console.log(
    `  ${name.padEnd(24)}${`${fps} fps`.padStart(10)}${ms(p50)}${ms(p95)}${ms(worst)}${String(frames).padStart(8)}`,
  );
}

async function shoot(page: Page, name: string): Promise<void> {
  if (values.pictures !== undefined) await page.screenshot({ path: join(values.pictures, `${name}.png`) });
}

/** Until the layout says that it is done. */
async function settled(page: Page): Promise<void> {
  await page.locator('section[aria-label="Graph"][aria-busy="false"]').waitFor({ timeout: WAIT_MS });
}

async function measureGraph(page: Page, id: string): Promise<void> {
  const begun = performance.now();
  await page.getByText(id).first().waitFor({ timeout: WAIT_MS });
  await page.locator('.stage canvas.sigma-mouse').waitFor({ timeout: WAIT_MS });
  await page.getByRole('toolbar', { name: 'Graph tools' }).evaluate((tools) => tools.scrollIntoView());
  console.log(`  graph shown after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  line('force layout, first', await framesWhile(page, () => settled(page)));
  console.log(`  at rest after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  for (const text of await page.getByRole('note', { name: 'Legend' }).locator('.muted').allInnerTexts())
    console.log(`  ${text}`);
  await shoot(page, 'graph');
  for (const { name, run } of MOTIONS) {
    line(name, await framesWhile(page, () => run(page)));
    await shoot(page, name.replaceAll(' ', '-'));
  }
  for (const layout of LAYOUTS) {
    const at = performance.now();
    const frames = await framesWhile(page, async () => {
      await page.getByRole('group', { name: 'Layout' }).getByRole('button', { name: layout }).click();
      await settled(page);
    });
    line(`layout ${layout}, ${((performance.now() - at) / 1000).toFixed(1)} s`, frames);
    await shoot(page, layout);
  }
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('grid', { name: 'Graph as table' });
  await table.getByRole('row').nth(1).waitFor();
  console.log(`  table with ${await table.getAttribute('aria-rowcount')} rows`);
  await table.hover();
  line('scroll its table', await framesWhile(page, () => wheelDown(page)));
  await shoot(page, 'table');
}

async function wheelDown(page: Page): Promise<void> {
  for (let i = 0; i < WHEELS; i += 1) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(30);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'coldtrail-frames-'));
try {
  const incident = await makeLargeIncident(folder, Number(values.findings));
  console.log(
    `  an incident of ${incident.nodes.toLocaleString('en-US')} nodes and ${incident.edges.toLocaleString('en-US')} links`,
  );
  const window = await openWindow(['--case', join(folder, 'case')]);
  try {
    const { page } = window;
    await page.getByRole('grid', { name: 'Incidents' }).getByRole('row').nth(1).click();
    console.log(
      `  ${''.padEnd(24)}${'fps'.padStart(10)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'worst'.padStart(9)}  frames`,
    );
    await measureGraph(page, incident.id);
    for (const error of window.errors) console.log(`  error in the window: ${error}`);
  } finally {
    await window.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
