import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { inject } from 'vitest';

const PATIENCE_MS = 30_000;
/** A11y rules: WCAG 2.2 up to AA and axe's own best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Chromium refuses to run as root with its sandbox, and Playwright leaves it out unless it is told. */
export const HAS_SANDBOX = process.getuid?.() !== 0;

/** The real window over its own settings folder. Close it after the tests. */
export interface Workbench {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Where the window keeps settings and new cases. */
  readonly userData: string;
  /** What the page logged as an error. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the built product with the arguments of its command line. `npm test` brings the runtime and the display.
 * `userData` goes on with the settings of an earlier window, which the caller removes.
 */
export async function openWindow(args: readonly string[], userData?: string): Promise<Workbench> {
  const executablePath = process.env['COLDTRAIL_ELECTRON'];
  if (executablePath === undefined)
    throw new Error('COLDTRAIL_ELECTRON is not set: run these through npm test');
  const folder = userData ?? (await mkdtemp(join(tmpdir(), 'coldtrail-window-')));
  const app = await _electron.launch({
    executablePath,
    args: [resolve('out/main/index.js'), ...args],
    chromiumSandbox: HAS_SANDBOX,
    env: { ...process.env, COLDTRAIL_USER_DATA: folder },
    timeout: PATIENCE_MS,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return {
    app,
    page,
    userData: folder,
    errors,
    close: async () => {
      await app.close();
      if (userData === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder with a copy of the shared case, for tests that write into it; the caller removes the folder. */
export async function copiedCase(): Promise<{ readonly folder: string; readonly caseFolder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-copy-'));
  const caseFolder = join(folder, 'case');
  await cp(inject('caseFolder'), caseFolder, { recursive: true });
  return { folder, caseFolder };
}

/** Goes to a view by the bar at the side. */
export function openView(page: Page, name: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true }).click();
}

/** What axe finds wrong in the window as it is now by these rules or tags, one line for each place. */
export async function axeProblems(page: Page, rules: readonly string[] = RULES): Promise<string[]> {
  // Through the debugger, past the CSP: the page itself may not run it.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly,
        resultTypes: ['violations'],
      }),
    [...rules],
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 120)} (${(node.failureSummary ?? '').slice(0, 200)})`),
  );
}

/** Answers the next dialogs of the system, which cannot be driven. */
export function answerOpenDialog(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  return app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);
}

export function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

/** Drops files from outside onto the middle of the window. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await session.detach();
}

/** The incident that the composed evidence is about: the gravest is listed first. */
export function topIncident(page: Page) {
  return page.getByRole('grid', { name: 'Incidents' }).getByRole('row').nth(1);
}
