import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { answerSaveDialog, openWindow, topIncident, type Workbench } from './window';

const POLL = { timeout: 20_000 };

describe('From the incident to the report', () => {
  let window: Workbench;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coldtrail-report-'));
    window = await openWindow(['--case', inject('caseFolder')]);
  });
  afterAll(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers the three questions of the gravest incident', async () => {
    const { page } = window;
    await topIncident(page).click();
    for (const question of [
      'How did it happen?',
      'Where was the first intrusion?',
      'What now, and how to prevent it?',
    ])
      await page.getByRole('heading', { name: question }).waitFor();
    const first = page.getByRole('region', { name: 'First intrusion', exact: true });
    expect(await first.textContent()).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  });

  it('opens the original record behind a sentence', async () => {
    const { page } = window;
    const first = page.getByRole('region', { name: 'Where was the first intrusion?' });
    await first
      .getByRole('button', { name: /^Exhibit/ })
      .first()
      .click();
    const drawer = page.getByRole('complementary', { name: 'Evidence' });
    await drawer.getByText('file unchanged').waitFor();
    await drawer.getByRole('tab', { name: 'Exact text' }).click();
    expect(await drawer.getByText('"eventVersion"').first().textContent()).toContain('"eventTime"');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('lays the graph out in another way and keeps it when details were looked at', async () => {
    const { page } = window;
    const circle = page.getByRole('group', { name: 'Layout' }).getByRole('button', { name: 'Circle' });
    await circle.click();
    expect(await circle.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('tab', { name: /Findings/ }).click();
    await page.getByRole('tab', { name: 'Graph' }).click();
    expect(await circle.getAttribute('aria-pressed')).toBe('true');
  });

  it('expands a node and takes the expansion back', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Show as table' }).click();
    const nodes = page.getByRole('grid', { name: 'Graph as table' });
    const count = async () => Number(await nodes.getAttribute('aria-rowcount'));
    const before = await count();
    const account = page
      .getByRole('main')
      .getByRole('button', { name: /^Account / })
      .first();
    await page
      .getByRole('searchbox', { name: 'Find in graph' })
      .fill(((await account.textContent()) ?? '').trim());
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add neighbours of the selected entity' }).click();
    await expect.poll(count, POLL).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Undo (Ctrl+Z)' }).click();
    await expect.poll(count, POLL).toBe(before);
    await page.getByRole('button', { name: 'Show as table' }).click();
  });

  it('investigates an entity of the incident', async () => {
    const { page } = window;
    await page.getByRole('tab', { name: /Entities/ }).click();
    const role = page.getByRole('row').filter({ hasText: 'role/ops-support' }).first();
    await role.getByRole('button', { name: 'Investigate' }).click();
    await page.getByRole('heading', { name: /Investigation of role/ }).waitFor();
    const techniques = page.getByRole('grid', { name: 'Tactics and techniques' });
    expect(await techniques.getByRole('row').count()).toBeGreaterThan(3);
    await techniques.getByRole('row').nth(2).click();
    await page.getByRole('heading', { name: 'Calls' }).waitFor();
  });

  it('goes back to the incident and writes its PDF', async () => {
    const { app, page } = window;
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByRole('button', { name: 'Report', exact: true }).last().click();
    const path = join(folder, 'report.pdf');
    await answerSaveDialog(app, path);
    await page.getByRole('button', { name: 'Write PDF…' }).click();
    await page.getByText('Written.').waitFor();
    const pdf = await readFile(path);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
  });

  it('logs no error meanwhile', () => {
    expect(window.errors).toEqual([]);
  });
});
