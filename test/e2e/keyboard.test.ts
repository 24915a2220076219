/// <reference lib="dom" />
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { answerOpenDialog, answerSaveDialog, openWindow, topIncident, type Workbench } from './window';

const LONGEST_WALK = 120;

const POLL = { timeout: 20_000 };

describe('The main job without a pointer', () => {
  let window: Workbench;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coldtrail-keys-'));
    window = await openWindow([]);
  });
  afterAll(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => window.page.keyboard.press(key)), Promise.resolve());

  /** Walks with Tab until the element has the focus, as a person would. */
  async function walkTo(target: Locator, key = 'Tab'): Promise<void> {
    await target.waitFor();
    for (let i = 0; i < LONGEST_WALK; i += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await press(key);
    }
    throw new Error(`the keyboard does not reach ${target.toString()}`);
  }

  it('opens a bundle and reaches its gravest incident', async () => {
    const { app, page } = window;
    await answerOpenDialog(app, [inject('bundle')]);
    await walkTo(page.getByRole('button', { name: 'Open bundle…' }));
    await press('Enter');
    await page.getByRole('contentinfo').getByText('records of 3 sources').waitFor();
    await press('g', 'i');
    await topIncident(page).waitFor();
    await walkTo(page.getByRole('grid', { name: 'Incidents' }));
    await press('Enter');
    await page.getByRole('heading', { name: 'How did it happen?' }).waitFor();
  });

  it('opens an exhibit and comes back to where it was', async () => {
    const { page } = window;
    const exhibit = page.getByRole('button', { name: 'Exhibit 1' }).first();
    await walkTo(exhibit);
    await press('Enter');
    await page.getByText('file unchanged').waitFor();
    await press('Escape');
    expect(await exhibit.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('changes the layout and expands a node', async () => {
    const { page } = window;
    const radial = page.getByRole('group', { name: 'Layout' }).getByRole('button', { name: 'Radial' });
    await walkTo(radial);
    await press('Enter');
    expect(await radial.getAttribute('aria-pressed')).toBe('true');
    const account = page
      .getByRole('main')
      .getByRole('button', { name: /^Account / })
      .first();
    const id = ((await account.textContent()) ?? '').trim();
    await walkTo(page.getByRole('searchbox', { name: 'Find in graph' }));
    await page.keyboard.type(id);
    await press('Enter');
    await walkTo(page.getByRole('button', { name: 'Add neighbours of the selected entity' }), 'Shift+Tab');
    await press('Enter');
    const undo = page.getByRole('button', { name: 'Undo (Ctrl+Z)' });
    await expect.poll(() => undo.isEnabled(), POLL).toBe(true);
  });

  it('investigates an entity found by the search', async () => {
    const { page } = window;
    await press('Escape', '/');
    await page.keyboard.type('ops-support');
    await press('Enter');
    const entities = page.getByRole('grid', { name: 'Entities' });
    await walkTo(entities);
    await press('Enter');
    await walkTo(page.getByRole('main').getByRole('button', { name: 'Investigate' }));
    await press('Enter');
    await page.getByRole('heading', { name: /^Investigation of/ }).waitFor();
  });

  it('writes the PDF', async () => {
    const { app, page } = window;
    const path = join(folder, 'report.pdf');
    await answerSaveDialog(app, path);
    await press('g', 'r');
    await walkTo(page.getByRole('button', { name: 'Write PDF…' }));
    await press('Enter');
    await page.getByText('Written.').waitFor();
    expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
