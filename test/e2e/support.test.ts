import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { openWindow, topIncident, type Workbench } from './window';

interface Report {
  readonly process: string;
  readonly kind: string;
  readonly errors: readonly string[];
}

describe('When something goes wrong', () => {
  let window: Workbench;
  beforeAll(async () => {
    window = await openWindow(['--case', inject('caseFolder')]);
    await topIncident(window.page)
      .or(window.page.getByRole('heading', { name: 'Summary' }))
      .first()
      .waitFor();
  });
  afterAll(() => window.close());

  /** The crash reports by now, once there are so many. */
  async function reports(count: number): Promise<Report[]> {
    const folder = join(window.userData, 'crashes');
    const names = await vi.waitFor(
      async () => {
        const found = (await readdir(folder)).sort();
        expect(found).toHaveLength(count);
        return found;
      },
      { timeout: 20_000, interval: 100 },
    );
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    return Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Report),
    );
  }

  it('copies diagnostics without evidence', async () => {
    const { app, page } = window;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Copy diagnostics');
    await page.keyboard.press('Enter');
    await page.getByText('Diagnostics copied.').waitFor();
    const text = await app.evaluate(({ clipboard }) => clipboard.readText());
    expect(text).toContain('Electron');
    expect(text).toMatch(/files cloudtrail imported: \d+/);
    expect(text).not.toContain('arn:aws');
    expect(text).not.toContain(inject('caseFolder'));
  });

  it('keeps a report of a worker that was killed and goes on with its job', async () => {
    const { app, page } = window;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Analyse again');
    await page.keyboard.press('Enter');
    await vi.waitFor(
      () =>
        app.evaluate(({ app: main }) => {
          const worker = main.getAppMetrics().find(({ name }) => name === 'Coldtrail worker');
          if (!worker) throw new Error('the worker is not there yet');
          process.kill(worker.pid, 'SIGKILL');
        }),
      { timeout: 10_000, interval: 20 },
    );
    await page.getByText('The worker process was started again.').waitFor();
    expect((await reports(1)).map(({ process: of, kind }) => [of, kind])).toEqual([['worker', 'gone']]);
    await page.getByText('The analysis is done.').waitFor();
  });

  it('shows the page again after its process crashed', async () => {
    const { app } = window;
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    expect((await reports(2)).map(({ process: of }) => of).sort()).toEqual(['page', 'worker']);
    // The debugger loses the page with its process: whether it is back is asked of main.
    const title = await vi.waitFor(
      () =>
        app.evaluate(async ({ BrowserWindow }) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          const text: unknown = await contents?.executeJavaScript(
            'document.querySelector(".frame")?.innerText ?? ""',
          );
          if (typeof text !== 'string' || text === '') throw new Error('the page is not back yet');
          return text;
        }),
      { timeout: 20_000, interval: 200 },
    );
    expect(title).toContain('Incidents');
  });

  it('keeps a report of what nobody caught, says so and ends', async () => {
    const { app } = window;
    const ended = new Promise((done) => app.process().once('exit', (code, signal) => done(code ?? signal)));
    await app.evaluate(({ dialog }) => {
      dialog.showErrorBox = () => undefined;
      setTimeout(() => {
        throw new TypeError('arn:aws:iam::111122223333:user/mallory');
      }, 0);
    });
    expect(await ended).toBe('SIGKILL');
    const all = await reports(3);
    expect(all.find(({ kind }) => kind === 'uncaught')).toMatchObject({
      process: 'main',
      errors: ['TypeError'],
    });
    expect(JSON.stringify(all)).not.toContain('mallory');
  });
});
