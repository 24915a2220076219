import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaksIn, namesIn } from '../support/leaks';
import { coldtrail } from './command';
import { axeProblems, copiedCase, openView, openWindow, topIncident, type Workbench } from './window';

/** Whom the evidence names, as the case knows them. */
async function namesOf(caseFolder: string): Promise<string[]> {
  const rows = await coldtrail<{ id: string }[]>(
    ...['query', '--case', caseFolder, '--sql'],
    "SELECT DISTINCT entity_id AS id FROM entities WHERE entity_type NOT IN ('service', 'userAgent') AND entity_id NOT LIKE '%:aws:policy/%'",
  );
  return namesIn(rows.map(({ id }) => id));
}

/** All that the page holds: its text, every attribute and what stands in its fields. */
function contentOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const parts: string[] = [document.title, window.location.href];
    for (const element of document.querySelectorAll('*')) {
      for (const { value } of element.attributes) parts.push(value);
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
        parts.push(element.value);
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent ?? '');
    }
    return parts.join('\n');
  });
}

describe('Names hidden', () => {
  let window: Workbench;
  let folder: string;
  let caseFolder: string;
  let names: string[];
  beforeAll(async () => {
    ({ folder, caseFolder } = await copiedCase());
    names = await namesOf(caseFolder);
    window = await openWindow(['--case', caseFolder], join(folder, 'settings'));
    await topIncident(window.page).waitFor();
  });
  afterAll(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

  const go = (name: string) => openView(window.page, name);
  const settled = () =>
    window.page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  const leaks = async () => leaksIn(await contentOf(window.page), names);

  it('the page tells whom the evidence names, and after the switch, in the same place, nobody', async () => {
    const { page } = window;
    await topIncident(page).click();
    await page.getByRole('heading', { name: 'How did it happen?' }).waitFor();
    await settled();
    expect((await leaks()).length).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Hide names' }).click();
    await page.getByRole('button', { name: 'Names hidden' }).waitFor();
    await page.getByRole('heading', { name: 'How did it happen?' }).waitFor();
    await settled();
    expect(await leaks()).toEqual([]);
    expect(await axeProblems(page)).toEqual([]);
  });

  it('no view holds a name, nor a tab or an opened row of it', async () => {
    const { page } = window;
    const views = await page
      .getByRole('navigation', { name: 'Views' })
      .locator('button > span')
      .allTextContents();
    expect(views.length).toBeGreaterThan(12);
    for (const view of views) {
      await go(view);
      await settled();
      expect([view, await leaks()]).toEqual([view, []]);
      for (const tab of await page.getByRole('main').getByRole('tab').all()) {
        if (!(await tab.isVisible())) continue;
        await tab.click();
        await settled();
        expect([view, await tab.textContent(), await leaks()]).toEqual([view, await tab.textContent(), []]);
      }
      const row = page.getByRole('main').getByRole('grid').getByRole('row').nth(1);
      if (!(await row.isVisible())) continue;
      await row.click();
      await settled();
      expect([view, 'row', await leaks()]).toEqual([view, 'row', []]);
      await page.keyboard.press('Escape');
    }
  });

  it('a pseudonym is searched for, opened and noted as the name that it stands for', async () => {
    const { page } = window;
    await go('Summary');
    const principal = page
      .getByRole('grid', { name: /principals/i })
      .getByRole('row')
      .nth(1)
      .getByRole('button')
      .first();
    const shown = ((await principal.textContent()) ?? '').trim();
    expect(leaksIn(shown, names)).toEqual([]);
    await page.getByRole('searchbox', { name: 'Search in the case' }).fill(shown);
    await page.keyboard.press('Enter');
    const found = page.getByRole('main').getByRole('grid').first().getByRole('row').nth(1);
    await found.waitFor();
    await found.click();
    await settled();
    expect(await leaks()).toEqual([]);
    await go('Notes');
    await page.getByRole('textbox', { name: 'New note' }).fill(`Ask about ${shown} again`);
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText(`Ask about ${shown} again`).first().waitFor();
    expect(await leaks()).toEqual([]);
    const kept = await readFile(join(caseFolder, 'actions.jsonl'), 'utf8');
    expect(kept).toContain('Ask about ');
    expect(kept).not.toContain(shown);
  });

  it('the preview of the report has the pseudonyms of the page, and so has the next start', async () => {
    const { page } = window;
    await go('Report');
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading').first().waitFor();
    const text = (await frame.locator('body').textContent()) ?? '';
    expect(text.length).toBeGreaterThan(2000);
    expect(leaksIn(text, names)).toEqual([]);
    await window.close();
    window = await openWindow(['--case', caseFolder], join(folder, 'settings'));
    await window.page.getByRole('button', { name: 'Names hidden' }).waitFor();
    await settled();
    expect(await leaks()).toEqual([]);
    await window.page.getByRole('button', { name: 'Names hidden' }).click();
    await window.page.getByRole('button', { name: 'Hide names' }).waitFor();
    await topIncident(window.page).waitFor();
    await settled();
    expect((await leaks()).length).toBeGreaterThan(0);
  });

  it('nothing logs an error', () => {
    expect(window.errors).toEqual([]);
  });
});
