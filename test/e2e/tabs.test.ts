import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeProblems, openWindow, topIncident, type Workbench } from './window';

const POLL = { timeout: 20_000 };

describe('Tabs and two views beside each other', () => {
  let window: Workbench;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coldtrail-tabs-'));
    window = await openWindow(['--case', inject('caseFolder')], folder);
    await topIncident(window.page).waitFor();
  });
  afterAll(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

  const side = (name: 'Left side' | 'Right side') => window.page.getByRole('group', { name });
  const tabsOf = (name: string) =>
    window.page.getByRole('navigation', { name }).getByRole('button', { name: /^(?!Close|New)/ });
  const titles = async (name: string) =>
    Promise.all((await tabsOf(name).all()).map(async (tab) => ((await tab.textContent()) ?? '').trim()));

  it('by keyboard: a new tab, the next one, and the window in two', async () => {
    const { page } = window;
    await page.keyboard.press('Control+t');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('figure', { name: 'Records over time' }).waitFor();
    expect(await titles('Tabs')).toEqual(['Summary', 'Timeline']);
    await page.keyboard.press('Control+Tab');
    await page.getByRole('heading', { name: 'Summary' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Control+\\');
    await expect.poll(() => titles('Tabs, right side'), POLL).toEqual(['Summary']);
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await side('Right side').getByRole('grid', { name: 'Places' }).waitFor();
    await page.keyboard.press('F6');
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await side('Left side').getByRole('grid', { name: 'Findings' }).waitFor();
    expect(await titles('Tabs, right side')).toEqual(['Map']);
  });

  it('opens an entity beside, each side with a scope time of its own', async () => {
    const { page } = window;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Go to Summary');
    await page.keyboard.press('Enter');
    const link = side('Left side')
      .getByRole('grid', { name: /principals/i })
      .getByRole('row')
      .nth(1)
      .getByRole('button')
      .first();
    await link.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Open beside' }).click();
    await side('Right side').getByRole('tab', { name: 'New behaviour' }).waitFor();
    await page.getByTitle('Scope time', { exact: true }).click();
    await page.getByRole('button', { name: 'Last 24 hours of evidence' }).click();
    await expect.poll(() => page.getByTitle('Scope time', { exact: true }).textContent()).toContain('2025');
    await page.keyboard.press('F6');
    await expect
      .poll(() => page.getByTitle('Scope time', { exact: true }).textContent())
      .toContain('Whole case');
    expect(await axeProblems(page)).toEqual([]);
  });

  it('an entity dropped on the page of another is compared with it', async () => {
    const { page } = window;
    const link = side('Left side')
      .getByRole('grid', { name: /principals/i })
      .getByRole('row')
      .nth(2)
      .getByRole('button')
      .first();
    const from = await link.boundingBox();
    const onto = await side('Right side').boundingBox();
    if (!from || !onto) throw new Error('nothing to drag');
    await page.mouse.move(from.x + 20, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 40, { steps: 4 });
    const zone = side('Right side').getByText(/^Compare with/);
    await zone.waitFor();
    const target = await zone.boundingBox();
    await page.mouse.move((target?.x ?? 0) + 30, onto.y + onto.height / 2, { steps: 4 });
    await page.mouse.up();
    await side('Right side').getByRole('grid', { name: 'API calls' }).waitFor();
    const [a, b] = await Promise.all(
      ['Entity of A', 'Entity of B'].map((name) => side('Right side').getByLabel(name).inputValue()),
    );
    expect(a).not.toBe('');
    expect(b).not.toBe('');
    expect(a).not.toBe(b);
  });

  it('is there again after a restart', async () => {
    const left = await titles('Tabs, left side');
    const right = await titles('Tabs, right side');
    await window.close();
    window = await openWindow([], folder);
    await expect.poll(() => titles('Tabs, left side'), POLL).toEqual(left);
    expect(await titles('Tabs, right side')).toEqual(right);
    await side('Right side').getByRole('grid', { name: 'API calls' }).waitFor();
    expect(window.errors).toEqual([]);
  });

  it('closes tab by tab until one is left', async () => {
    const { page } = window;
    const all = [...(await titles('Tabs, left side')), ...(await titles('Tabs, right side'))];
    for (let left = all.length; left > 1; left -= 1) await page.keyboard.press('Control+w');
    await expect.poll(() => page.getByRole('navigation', { name: /^Tabs/ }).count(), POLL).toBe(0);
    await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  });
});
