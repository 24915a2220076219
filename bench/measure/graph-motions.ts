import type { Page } from 'playwright-core';

/** What a user does to a graph with the pointer and the toolbar. Each ends when it is done, not when the picture rests. */
export interface Motion {
  readonly name: string;
  readonly run: (page: Page) => Promise<void>;
}

const STEPS = 60;
const WHEELS = 16;
const PLAYED_MS = 5000;

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('.stage canvas.sigma-mouse').boundingBox();
  if (box === null) throw new Error('there is no picture');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function around(page: Page, radius: number): Promise<void> {
  const { x, y } = await middleOf(page);
  for (let i = 1; i <= STEPS; i += 1) {
    const angle = (4 * Math.PI * i) / STEPS;
    await page.mouse.move(x + radius * Math.sin(angle), y + 0.6 * radius * (1 - Math.cos(angle)));
  }
}

/** Holds the button down where the canvas is empty, or on what was brought to the middle. */
async function held(page: Page, at: { x: number; y: number }): Promise<void> {
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await around(page, 180);
  await page.mouse.up();
}

async function pan(page: Page): Promise<void> {
  const { x, y } = await middleOf(page);
  // Beside the picture, whose stage has a margin.
  const box = await page.locator('.stage canvas.sigma-mouse').boundingBox();
  await held(page, { x, y: y - (box?.height ?? 0) / 2 + 6 });
}

async function zoom(page: Page): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  for (const step of [-240, 240])
    for (let i = 0; i < WHEELS; i += 1) {
      await page.mouse.wheel(0, step);
      await page.waitForTimeout(60);
    }
}

async function drag(page: Page): Promise<void> {
  const find = page.getByRole('searchbox', { name: 'Find in graph' });
  await find.fill('principal-0');
  await find.press('Enter');
  await page.waitForTimeout(600);
  await held(page, await middleOf(page));
  await find.fill('');
}

async function play(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Play back in time' });
  await button.click();
  await page.waitForTimeout(PLAYED_MS);
  await button.click();
}

export const MOTIONS: readonly Motion[] = [
  { name: 'pan', run: pan },
  { name: 'zoom', run: zoom },
  { name: 'point at nodes', run: (page) => around(page, 220) },
  { name: 'drag a node', run: drag },
  { name: 'play back', run: play },
];
