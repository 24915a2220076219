import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOpenDialog, axeProblems, openWindow, type Workbench } from './window';

const LINES = [
  '203.0.113.7 - - [01/May/2024:12:00:00 +0200] "GET /login HTTP/1.1" 200 512 "-" "curl/8.5.0; x"',
  '203.0.113.8 - alice [01/May/2024:12:00:01 +0200] "POST /admin HTTP/1.1" 403 - "-" "curl/8.5.0; x"',
];

describe('A file that no source reads', () => {
  let window: Workbench;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coldtrail-map-file-'));
    await mkdir(join(folder, 'bundle'));
    await mkdir(join(folder, 'later'));
    await writeFile(join(folder, 'bundle', 'access.log'), `${LINES.join('\n')}\n`);
    const row = { ts: 1714557600, user: { name: 'bob' }, verb: 'CONNECT', client: '10.0.0.1' };
    await writeFile(join(folder, 'later', 'proxy.json'), JSON.stringify({ data: { rows: [row, row] } }));
    window = await openWindow([join(folder, 'bundle')], join(folder, 'settings'));
  });
  afterAll(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

  const evidence = async (tab: RegExp) => {
    const { page } = window;
    await page.getByText('The analysis is done.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Evidence' }).click();
    await page.getByRole('tab', { name: tab }).click();
  };

  it('is mapped by a proposal whose fields are chosen, and imported', async () => {
    const { page } = window;
    await evidence(/^Files/);
    await page
      .getByRole('row', { name: /access\.log/ })
      .getByRole('button', { name: 'Map…' })
      .click();
    const mapped = page.getByRole('grid', { name: 'Mapped records' });
    await mapped.getByRole('row', { name: /10:00:01 alice POST 203\.0\.113\.8 \/admin 403/ }).waitFor();
    await page.getByLabel('Field of outcome').selectOption('bytes');
    await mapped.getByRole('row', { name: /GET 203\.0\.113\.7 \/login 512/ }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save source and import' }).click();
    await page.getByRole('row', { name: /access\.log imported mapped-access/ }).waitFor();
  });

  it('is added to the open case later', async () => {
    const { app, page } = window;
    await answerOpenDialog(app, [join(folder, 'later')]);
    await evidence(/^Files/);
    await page.getByRole('button', { name: 'Add to this case…' }).click();
    await evidence(/^Files/);
    await page.getByRole('row', { name: /access\.log imported/ }).waitFor();
    await page
      .getByRole('row', { name: /proxy\.json not-evidence/ })
      .getByRole('button', { name: 'Map…' })
      .click();
    await page.getByText('2 mapped').waitFor();
  });

  it('logs no error meanwhile', () => {
    expect(window.errors).toEqual([]);
  });
});
