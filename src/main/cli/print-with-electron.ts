import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandIo } from './command';
import { AppError } from '../../shared/errors/app-error';
import type { PageHead } from '../report/print-report';

/**
 * Prints a page through Chromium without a visible window, in a process of its own started with `--print`: the Electron
 * runtime that this runs in (a package), else the one named by COLDTRAIL_ELECTRON on the window's bundle. Errors: `report.noChromium` when there is none, `report.failed` when it fails.
 */
export const printWithElectron =
  ({ mainBundle }: CommandIo) =>
  async (html: string, head: PageHead): Promise<Uint8Array> => {
    const isPackaged = process.versions['electron'] !== undefined;
    const electron = isPackaged ? process.execPath : process.env['COLDTRAIL_ELECTRON'];
    if (!electron) throw new AppError('report.noChromium', { detail: 'COLDTRAIL_ELECTRON names no runtime' });
    const folder = await mkdtemp(join(tmpdir(), 'coldtrail-print-'));
    try {
      const page = join(folder, 'report.html');
      const pdf = join(folder, 'report.pdf');
      await writeFile(page, html, { mode: 0o600 });
      const options = ['--print', page, '--pdf', pdf, '--options', JSON.stringify(head)];
      await start(electron, [...(isPackaged ? [] : [mainBundle]), ...options], folder);
      return await readFile(pdf);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

function start(electron: string, args: readonly string[], userData: string): Promise<void> {
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return new Promise((done, fail) => {
    const child = spawn(electron, [...flags, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, COLDTRAIL_USER_DATA: userData },
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4000);
    });
    child.on('error', (error) => fail(new AppError('report.noChromium', { detail: error.message })));
    child.on('exit', (code, signal) => {
      if (code === 0) done();
      else
        fail(
          new AppError('report.failed', {
            detail: `the print process ended with ${code ?? signal ?? '?'}: ${errors.trim().slice(-600)}`,
          }),
        );
    });
  });
}
