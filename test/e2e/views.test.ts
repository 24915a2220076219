import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems, copiedCase, openView, openWindow, topIncident, type Workbench } from './window';

const POLL = { timeout: 20_000 };

describe('The other views', () => {
  let window: Workbench;
  let folder: string;
  let caseFolder: string;
  beforeAll(async () => {
    // Notes are written into the case, so that this one is a copy.
    ({ folder, caseFolder } = await copiedCase());
    window = await openWindow(['--case', caseFolder], join(folder, 'settings'));
    await topIncident(window.page).waitFor();
  });
  afterAll(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

  const go = (name: string) => openView(window.page, name);
  const rows = (name: string | RegExp): Locator => window.page.getByRole('grid', { name }).getByRole('row');

  /** Runs a command of the palette by its name. */
  async function command(title: string): Promise<void> {
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('dialog').waitFor();
    await window.page.keyboard.type(title);
    await window.page.getByRole('dialog').getByText(title).first().waitFor();
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it('Map: counts open their records, a place its addresses, a principal its travel', async () => {
    const { page } = window;
    await go('Map');
    const first = rows('Places').nth(1);
    const count = first.getByRole('button', { name: /succeeded$/ });
    const told = ((await count.textContent()) ?? '').trim();
    await count.click();
    const drawer = page.getByRole('complementary', { name: 'Evidence' });
    await drawer.getByText(`${told} record`).first().waitFor();
    await page.keyboard.press('Escape');
    await rows('Places').nth(1).click();
    await rows('Addresses of the place').nth(1).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close the place' }).click();
    await page.getByLabel('Travel of').selectOption({ index: 1 });
    await rows('Travel').nth(2).waitFor();
    const leg = page.getByRole('slider', { name: 'Leg' });
    await leg.focus();
    await page.keyboard.press('Home');
    await page.getByText(/^Leg 1 of/).waitFor();
    expect(await axeProblems(page)).toEqual([]);
  });

  it('Compare: two windows of time, told apart value by value', async () => {
    const { page } = window;
    await go('Incidents');
    await topIncident(page).click();
    await page.getByRole('button', { name: 'Scope to incident' }).click();
    await go('Compare');
    await page.getByRole('button', { name: 'Scope time with the span before it' }).click();
    await rows('API calls').nth(1).waitFor();
    await page.getByRole('tab', { name: /^Addresses/ }).click();
    await rows('Addresses').nth(1).waitFor();
    expect(await axeProblems(page)).toEqual([]);
  });

  it('Rules: one is found by its name and shows its text', async () => {
    const { page } = window;
    await go('Rules');
    await rows('Rules').nth(1).click();
    await page
      .getByText(/^title:/)
      .first()
      .waitFor();
    expect(await axeProblems(page)).toEqual([]);
  });

  it('Profile: a bar or a value opens what is behind it, and conditions narrow it', async () => {
    const { page } = window;
    await go('Summary');
    await command('Clear the scope time');
    await rows(/principals/i)
      .nth(1)
      .getByRole('button')
      .first()
      .click();
    await page.getByRole('button', { name: 'Details of Overall API call volume' }).click();
    const details = page.getByRole('group', { name: 'Overall API call volume: details' });
    const all = await details.getByRole('status').textContent();
    const values = rows(/^Overall API call volume: by/);
    const value = (await values.nth(1).getByRole('gridcell').first().textContent()) ?? '';
    await details.getByRole('button', { name: 'Condition', exact: true }).click();
    await details.getByRole('textbox', { name: 'Value' }).fill(value.trim());
    await page.keyboard.press('Tab');
    await expect.poll(() => details.getByRole('status').textContent(), POLL).not.toBe(all);
    await values.nth(1).click();
    await rows('Overall API call volume: by address').nth(1).waitFor();
    expect(await axeProblems(page)).toEqual([]);
  });

  it('Notes: a note is written and taken back, a hypothesis judged and an incident held for it', async () => {
    const { page } = window;
    await go('Notes');
    await page.getByRole('textbox', { name: 'New note' }).fill('**first** look');
    await page.getByRole('button', { name: 'Add note' }).click();
    await rows('Annotations').nth(1).waitFor();
    await page.getByRole('textbox', { name: 'New hypothesis' }).fill('The key leaked in March');
    await page.getByRole('button', { name: 'Add hypothesis' }).click();
    const hypothesis = page.getByRole('article', { name: 'The key leaked in March' });
    await hypothesis.getByRole('button', { name: 'supported' }).click();
    await hypothesis.getByRole('button', { name: 'supported', pressed: true }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await go('Incidents');
    await topIncident(page).click();
    await page.getByRole('tab', { name: /^Notes/ }).click();
    await page
      .getByRole('form', { name: 'Evidence for a hypothesis' })
      .getByRole('button', { name: 'Add' })
      .click();
    await page.getByText('Speaks for: The key leaked in March').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await go('Notes');
    await page.getByRole('button', { name: 'Remove note' }).click();
    await expect.poll(() => rows('Annotations').count(), POLL).toBe(3);
  });

  it('Settings: another zone changes the times and is named below', async () => {
    const { page } = window;
    await go('Settings');
    await page.getByLabel(/Zone that times are shown/).selectOption('Asia/Tokyo');
    await page.getByRole('contentinfo').getByText('Times in Asia/Tokyo (UTC+09:00)').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await go('Incidents');
    await page.getByRole('columnheader', { name: 'First (Tokyo)' }).waitFor();
    await command('Show times in UTC');
    await page.getByRole('columnheader', { name: 'First (UTC)' }).waitFor();
  });

  it('a link leads to the entity, scope and view that it names', async () => {
    const { id } = JSON.parse(await readFile(join(caseFolder, 'case.json'), 'utf8')) as { id: string };
    const link = `coldtrail://case/${id}/map?from=2020-01-01T00%3A00%3A00Z&to=2020-01-02T00%3A00%3A00Z`;
    await window.close();
    window = await openWindow([link], join(folder, 'settings'));
    await window.page.getByText('No request came from a public address here.').waitFor();
    expect(await axeProblems(window.page)).toEqual([]);
  });

  it('nothing logs an error', () => {
    expect(window.errors).toEqual([]);
  });
});
