/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeProblems, openWindow, topIncident, type Workbench } from './window';

describe('axe finds nothing', () => {
  let window: Workbench;
  let problems: Record<string, string[]> = {};
  let rules: readonly string[] | undefined;
  beforeAll(async () => {
    window = await openWindow(['--case', inject('caseFolder')]);
    await topIncident(window.page).waitFor();
  });
  afterAll(() => window.close());

  /** Waits until nothing is loading any more, then collects what is wrong under a name for the message. */
  async function look(page: Page, name: string): Promise<void> {
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    const found = await axeProblems(page, rules);
    if (found.length > 0) problems[name] = found;
  }

  async function lookAtTabs(page: Page, name: string): Promise<void> {
    for (const tab of await page.getByRole('tablist', { name, exact: true }).getByRole('tab').all()) {
      await tab.click();
      await look(page, `${name}, ${(await tab.textContent()) ?? ''}`);
    }
  }

  async function lookEverywhere(page: Page): Promise<void> {
    const bar = page.getByRole('navigation', { name: 'Views' });
    for (const button of await bar.getByRole('button').all()) {
      const name = ((await button.textContent()) ?? '').trim();
      if (name === '') continue;
      await button.click();
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
      await look(page, name);
      if (name === 'Evidence') await lookAtTabs(page, name);
    }
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await topIncident(page).click();
    await page.getByRole('heading', { name: 'How did it happen?' }).waitFor();
    await lookAtTabs(page, 'Incident');
    await page.getByRole('button', { name: 'Exhibit 1' }).first().click();
    await page.getByText('file unchanged').waitFor();
    await look(page, 'Record');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: /Entities/ }).click();
    const role = page.getByRole('row').filter({ hasText: 'role/ops-support' }).first();
    await role.getByRole('button', { name: /role\/ops-support/ }).click();
    await page.getByRole('tab', { name: 'New behaviour' }).waitFor();
    await lookAtTabs(page, 'Profile');
    await page.getByRole('main').getByRole('button', { name: 'Investigate' }).click();
    await page.getByRole('heading', { name: /^Investigation of/ }).waitFor();
    await lookAtTabs(page, 'Investigation');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await look(page, 'Command palette');
    await page.keyboard.press('Escape');
  }

  it('in every view, tab, drawer and palette of the light theme', async () => {
    await window.page.emulateMedia({ reducedMotion: 'reduce' });
    await lookEverywhere(window.page);
    expect(problems).toEqual({});
  });

  it('nor do the colours of the dark theme', async () => {
    problems = {};
    rules = ['color-contrast'];
    await window.page.getByRole('button', { name: 'Use the dark theme' }).click();
    await lookEverywhere(window.page);
    expect(problems).toEqual({});
  });

  it('nor does the window log an error', () => {
    expect(window.errors).toEqual([]);
  });
});
