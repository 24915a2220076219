import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { openWindow, type Workbench } from '../test/e2e/window';
import { framesWhile } from './measure/frame-times';

/**
 * The real window over a case: time between frames while the table of all its records scrolls, and what its processes
 * hold while views are clicked through again and again. It prints; it never fails for being slow.
 *
 *   npm run bench -- clicks --case <folder> [--minutes 5]
 */
const { values } = parseArgs({
  options: { case: { type: 'string' }, minutes: { type: 'string', default: '5' } },
});
const WHEELS = 120;
const JUMPS = 12;
const VIEWS = [
  'Evidence',
  'Summary',
  'Incidents',
  'Findings',
  'Timeline',
  'Map',
  'Search',
  'Compare',
  'Rules',
  'SQL',
  'Notes',
];

async function rested(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}

function go(page: Page, view: string): Promise<void> {
  return page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: view, exact: true })
    .click();
}

async function scrollRecords(page: Page): Promise<void> {
  await go(page, 'Timeline');
  const table = page.getByRole('grid', { name: 'Records' });
  await table.getByRole('row').nth(1).waitFor();
  console.log(`  table of ${Number(await table.getAttribute('aria-rowcount')).toLocaleString('en-US')} rows`);
  await table.hover();
  const line = (name: string, { fps, p50, p95, worst }: Awaited<ReturnType<typeof framesWhile>>): void =>
    console.log(`  ${name.padEnd(24)}${fps} frames a second, ${p50} / ${p95} ms, longest ${worst} ms`);
  line(
    'wheel',
    await framesWhile(page, async () => {
      for (let i = 0; i < WHEELS; i += 1) {
        await page.mouse.wheel(0, 300);
        await page.waitForTimeout(16);
      }
    }),
  );
  await table.getByRole('row').nth(1).click();
  await page.keyboard.press('Escape');
  line(
    'End and Home',
    await framesWhile(page, async () => {
      for (let i = 0; i < JUMPS; i += 1) {
        await page.keyboard.press(i % 2 === 0 ? 'End' : 'Home');
        await rested(page);
      }
    }),
  );
}

/** Opens each view but the report, whose preview is made anew each time, and an incident with its tabs. */
async function clickThrough(page: Page): Promise<void> {
  for (const view of VIEWS) {
    await go(page, view);
    await rested(page);
  }
  await go(page, 'Incidents');
  await page.getByRole('grid', { name: 'Incidents' }).getByRole('row').nth(1).click();
  await page.getByRole('heading', { name: 'How did it happen?' }).waitFor();
  for (const tab of ['Timeline', 'Entities', 'Findings', 'Graph']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    await rested(page);
  }
  await page.keyboard.press('Escape');
}

const MB = 1024 ** 2;

/** Megabytes: live objects of the page after a collection, and what main has of the machine. */
async function held(window: Workbench, session: CDPSession): Promise<{ page: number; main: number }> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const main = await window.app.evaluate(() => process.memoryUsage().rss);
  return { page: usedSize / MB, main: main / MB };
}

/** Growth a minute of the line that fits best. */
function slope(points: readonly { readonly at: number; readonly value: number }[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [x, y] = [mean(points.map(({ at }) => at)), mean(points.map(({ value }) => value))];
  const over = points.reduce((sum, { at, value }) => sum + (at - x) * (value - y), 0);
  return (
    over /
    Math.max(
      1e-9,
      points.reduce((sum, { at }) => sum + (at - x) ** 2, 0),
    )
  );
}

async function clickFor(window: Workbench, minutes: number): Promise<void> {
  const session = await window.page.context().newCDPSession(window.page);
  const begun = performance.now();
  const minute = (): number => (performance.now() - begun) / 60_000;
  const samples: { at: number; page: number; main: number }[] = [];
  while (minute() < minutes) {
    await clickThrough(window.page);
    samples.push({ at: minute(), ...(await held(window, session)) });
  }
  // The first rounds fill caches.
  const later = samples.filter(({ at }) => at > minutes / 4);
  for (const part of ['page', 'main'] as const) {
    const grown = slope(later.map((sample) => ({ at: sample.at, value: sample[part] })));
    console.log(
      `  ${part}: ${samples[0]?.[part].toFixed(0)} MB after the first round, ${samples.at(-1)?.[part].toFixed(0)} MB after the last of ${samples.length}; ${grown.toFixed(2)} MB a minute`,
    );
  }
}

if (values.case === undefined) throw new Error('--case <folder>: a case that is analysed');
const window = await openWindow(['--case', values.case]);
try {
  await window.page.getByRole('grid', { name: 'Incidents' }).waitFor();
  await scrollRecords(window.page);
  await clickFor(window, Number(values.minutes));
  for (const error of window.errors) console.log(`  error in the window: ${error}`);
} finally {
  await window.close();
}
