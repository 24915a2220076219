import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSaveDialog, axeProblems, copiedCase, openWindow, topIncident, type Workbench } from './window';

const POLL = { timeout: 20_000 };

describe('From the incident to the report', () => {
  let window: Workbench;
  let folder: string;
  beforeAll(async () => {
    // Decisions about groups are written into the case, so that this one is a copy.
    const copy = await copiedCase();
    folder = copy.folder;
    window = await openWindow(['--case', copy.caseFolder]);
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

  it('keeps findings apart by hand, shows the decision, and takes it back', async () => {
    const { page } = window;
    await page.getByRole('tab', { name: /Why together/ }).click();
    const tab = page.getByRole('tab', { name: /Findings/ });
    const before = await tab.textContent();
    await page.getByRole('button', { name: 'Keep apart' }).last().click();
    const decisions = page.getByRole('region', { name: 'Decisions' });
    await decisions.getByText('kept apart from').waitFor();
    await expect.poll(() => tab.textContent(), POLL).not.toBe(before);
    await expect.poll(() => axeProblems(page)).toEqual([]);
    await decisions.getByRole('button', { name: 'Take back' }).click();
    await expect.poll(() => tab.textContent(), POLL).toBe(before);
    await decisions.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Graph' }).click();
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

  it('writes the picture as SVG, PNG and GraphML', async () => {
    const { app, page } = window;
    for (const [kind, begin] of [
      ['SVG', '<svg '],
      ['PNG', '\u0089PNG'],
      ['GraphML', '<?xml'],
    ] as const) {
      const path = join(folder, `graph.${kind.toLowerCase()}`);
      await answerSaveDialog(app, path);
      await page.getByRole('button', { name: 'Export picture' }).click();
      await page.getByRole('menuitem', { name: kind, exact: true }).click();
      await expect.poll(() => readFile(path, 'latin1').catch(() => ''), POLL).toContain(begin);
    }
  });

  it('selects by a frame, pins, groups and shows apart, and finds the way between two nodes', async () => {
    const { page } = window;
    const tools = page.getByRole('toolbar', { name: 'Graph tools' });
    const told = page.getByRole('region', { name: 'Graph' }).locator('[aria-live=polite]');
    await tools.getByRole('button', { name: 'Grid' }).click();
    await tools.getByRole('button', { name: /^Select by a frame/ }).click();
    await tools.scrollIntoViewIfNeeded();
    const canvas = await page.locator('.canvas').boundingBox();
    if (!canvas) throw new Error('no canvas');
    await page.mouse.move(canvas.x + 4, canvas.y + 4);
    await page.mouse.down();
    await page.mouse.move(canvas.x + canvas.width - 4, canvas.y + canvas.height - 4, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => told.textContent(), POLL).toMatch(/\d+ selected/);
    await tools.getByRole('button', { name: 'Pin the selected' }).click();
    await tools.getByRole('button', { name: /^Group the selected/ }).click();
    await expect.poll(() => told.textContent(), POLL).toMatch(/Selected .* grouped/);
    await tools.getByRole('button', { name: /^Show the members/ }).click();
    await tools.getByRole('button', { name: /^Select by a frame/ }).click();
    await tools.getByRole('button', { name: 'Show as table' }).click();
    const rows = page.getByRole('grid', { name: 'Graph as table' }).getByRole('row');
    // Entities are linked through findings only: the way between two has at least three nodes.
    const entities = rows.filter({
      has: page.getByRole('gridcell', { name: /^(Address|Account|Instance)$/ }),
    });
    await entities.nth(0).click();
    await entities
      .nth(1)
      .getByRole('button', { name: /^Select .* too$/ })
      .click();
    await expect.poll(() => told.textContent()).toBe('2 selected');
    await tools.getByRole('button', { name: /^Path between/ }).click();
    await expect.poll(() => told.textContent()).toMatch(/^([3-9]|\d{2,}) selected$/);
    await tools.getByRole('button', { name: 'Reset picture' }).click();
    await tools.getByRole('button', { name: 'Show as table' }).click();
  });

  it('plays one moment back in graph and timeline', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Play back in time' }).click();
    const bar = page.getByRole('group', { name: 'Play-back' });
    const slider = bar.getByRole('slider', { name: 'Moment' });
    await slider.focus();
    await page.keyboard.press('Home');
    const first = await slider.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).not.toBe(first);
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByRole('grid', { name: 'Timeline of the incident' }).getByRole('row').nth(2).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await bar.getByRole('button', { name: 'End the play-back' }).click();
    await bar.waitFor({ state: 'detached' });
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
