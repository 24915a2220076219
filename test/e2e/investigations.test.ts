import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems, copiedCase, openWindow, topIncident, type Workbench } from './window';

describe('Investigations', () => {
  let window: Workbench;
  let folder: string;
  beforeAll(async () => {
    // Keeping writes into the case, so that this one is a copy.
    const copy = await copiedCase();
    folder = copy.folder;
    window = await openWindow(['--case', copy.caseFolder]);
  });
  afterAll(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are run from a suggestion, and tell what was reached and whom to look at next', async () => {
    const { page } = window;
    await topIncident(page).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await page
      .getByRole('group', { name: 'Suggested' })
      .getByRole('button', { name: 'Investigate', exact: true })
      .first()
      .click();
    await page.getByRole('tab', { name: /^Investigate next/ }).click();
    expect(await page.getByText('named by the same finding').count()).toBeGreaterThan(0);
    await page.getByRole('tab', { name: /^Reach/ }).click();
    expect(await axeProblems(page)).toEqual([]);
  });

  it('are kept, compared and archived', async () => {
    const { page } = window;
    const keep = page.getByRole('button', { name: 'Keep', exact: true });
    for (let kept = 1; kept <= 2; kept += 1) {
      await keep.click();
      await page
        .getByText(/^Kept as \d{21}/)
        .nth(kept - 1)
        .waitFor();
    }
    await page.getByRole('button', { name: 'Another' }).click();
    const list = page.getByRole('group', { name: 'Kept in this case' });
    const boxes = list.getByRole('checkbox', { name: /^Compare/ });
    await boxes.nth(1).waitFor();
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await list.getByRole('button', { name: 'Compare two' }).click();
    await page.getByText('They do not differ.').waitFor();
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await list.getByRole('button', { name: 'Archive' }).first().click();
    await boxes.nth(1).waitFor({ state: 'detached' });
    await list.getByText('Archived too').click();
    await list.getByRole('button', { name: 'Activate' }).waitFor();
    expect(window.errors).toEqual([]);
  });
});
