import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { HAS_SANDBOX, openWindow, topIncident, type Workbench } from './window';

/** Linux's word for a process whose calls a filter judges. */
const FILTERED = '2';

describe('The process of the page', () => {
  let window: Workbench;
  beforeAll(async () => {
    window = await openWindow(['--case', inject('caseFolder')]);
    await topIncident(window.page).waitFor();
  });
  afterAll(() => window.close());

  it('runs in the sandbox of Chromium, unless root runs it', async () => {
    const pid = await window.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8');
    const field = (name: string) =>
      new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.split(/\s+/) ?? [];
    expect(field('Seccomp')[0] === FILTERED).toBe(HAS_SANDBOX);
    // Of name spaces of its own: it sees itself as another number, and no privilege is left.
    expect(field('NSpid').length > 1).toBe(HAS_SANDBOX);
    if (HAS_SANDBOX) expect(field('CapEff')).toEqual(['0000000000000000']);
  });

  it('has neither Node nor a way to the network', async () => {
    const { page } = window;
    const reached = await page.evaluate(async () => {
      const scope = globalThis as unknown as Record<string, unknown>;
      const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'];
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      );
      return { names: names.filter((name) => scope[name] !== undefined), fetched };
    });
    expect(reached).toEqual({ names: [], fetched: false });
  });
});
