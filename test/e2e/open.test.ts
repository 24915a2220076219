import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { answerOpenDialog, dropFiles, openWindow, topIncident, type Workbench } from './window';

describe('Opening evidence', () => {
  let window: Workbench;
  beforeAll(async () => {
    window = await openWindow([]);
  });
  afterAll(() => window.close());

  /** Waits until the import that was started has ended, and returns what the window says it holds. */
  async function importedRecords(): Promise<string> {
    const { page } = window;
    const records = page.getByRole('contentinfo').getByRole('button', { name: /records of 3 sources/ });
    await records.waitFor();
    await page.getByRole('button', { name: 'Summary', exact: true }).click();
    await topIncident(page).waitFor();
    return ((await records.textContent()) ?? '').trim();
  }

  it('imports a bundle that is dropped on the window', async () => {
    await window.page.getByText('Drop a folder or an archive of logs here').waitFor();
    await dropFiles(window.page, [inject('bundle')]);
    expect(await importedRecords()).toBe(`${inject('records').toLocaleString('en-US')} records of 3 sources`);
    expect(await topIncident(window.page).textContent()).toContain('up to exfiltration');
  });

  it('imports a bundle that is chosen in the dialog', async () => {
    const { app, page } = window;
    await answerOpenDialog(app, [inject('bundle')]);
    await page.keyboard.press('Control+o');
    await page.getByRole('heading', { name: 'Evidence' }).waitFor();
    expect(await importedRecords()).toBe(`${inject('records').toLocaleString('en-US')} records of 3 sources`);
  });

  it('lists the cases on the first page and opens one of them again', async () => {
    const { page } = window;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Close case');
    await page.keyboard.press('Enter');
    const recent = page.getByRole('region', { name: 'Recent cases' }).getByRole('button');
    await recent.first().waitFor();
    expect(await recent.count()).toBe(2);
    await recent.first().click();
    await topIncident(page).waitFor();
  });

  it('logs no error meanwhile', () => {
    expect(window.errors).toEqual([]);
  });
});
