import { join, resolve } from 'node:path';
import { app, dialog, session, type BrowserWindow } from 'electron';
import {
  errorText,
  fromEnvelope,
  type AppError,
  toEnvelope,
  type ErrorEnvelope,
} from '../../shared/errors/app-error';
import type { Handlers } from '../queries/handlers';
import { queryHandlers, type QueryCall } from '../queries/index';
import { serveWindow } from './app-protocol';
import { CurrentCase } from './current-case';
import { forkWorker } from './fork-worker';
import { addHandlers } from './handlers/add-handlers';
import { removeHandlers } from './handlers/remove-handlers';
import { caseHandlers } from './handlers/case-handlers';
import { desktopHandlers } from './handlers/desktop-handlers';
import { indicatorHandlers } from './handlers/indicator-handlers';
import { noteHandlers } from './handlers/note-handlers';
import { HiddenNames } from './hidden-names';
import { jobHandlers } from './handlers/job-handlers';
import { keepHandlers } from './handlers/keep-handlers';
import { reportHandlers } from './handlers/report-handlers';
import { revealHandlers } from './handlers/reveal-handlers';
import { shareHandlers } from './handlers/share-handlers';
import { templateHandlers } from './handlers/template-handlers';
import { answerCalls, pushTo, type Push } from './ipc';
import { Jobs } from './jobs';
import type { Launch } from './launch-arguments';
import { linkFollower, linkIn } from './links';
import { lockDownContents, lockDownSession } from './lock-down';
import { reloadWhenGone } from './crashes';
import { createMainWindow, windowPaths } from './main-window';
import { setMenu, type MenuActions } from './menu';
import { PREVIEW_ORIGIN, PreviewPage } from './preview-page';
import { RecentCases } from './recent-cases';
import { Support } from './support';
import { APP_ORIGIN } from './window-files';

/** Opens the workbench window and wires it to the case, the queries and the worker. */
export async function openWorkbench(mainFolder: string, launch: Launch & { mode: 'window' }): Promise<void> {
  const devUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const paths = windowPaths(mainFolder);
  const own = session.defaultSession;
  const preview = new PreviewPage();
  serveWindow(own, paths.renderer, preview);
  lockDownSession(own, [
    `${PREVIEW_ORIGIN}/`,
    ...(devUrl === undefined ? [`${APP_ORIGIN}/`] : devOrigins(devUrl)),
  ]);
  const userData = app.getPath('userData');
  const window = createMainWindow({
    preload: paths.preload,
    stateFile: join(userData, 'window.json'),
    dev: !app.isPackaged,
  });
  lockDownContents(window.webContents);

  const current = new CurrentCase();
  const names = new HiddenNames(current, join(userData, 'names.json'));
  const push = pushTo(window, names);
  const support = new Support(current);
  const jobs = new Jobs(() => forkWorker(join(mainFolder, 'worker.js')), current, push, support);
  reloadWhenGone(window, support);
  const recent = new RecentCases(join(userData, 'recent.json'));
  const handlers = allHandlers({ window, push, current, jobs, recent, support, userData, preview, names });
  setMenu(menuActions(window, push, handlers), !app.isPackaged);
  window.once('closed', () => {
    jobs.stop();
    void current.close().finally(() => app.quit());
  });
  // The page loads meanwhile; its first question waits, so that it starts with the case.
  const { reach, follow } = linkFollower({ window, push, current, handlers, recent });
  const launched = openLaunched(launch, handlers).catch(toEnvelope);
  // The case of a link, too, or the page takes up its last session meanwhile. What fails is told when it is followed.
  const linked = launch.link === null ? null : reach(launch.link).catch(() => null);
  answerCalls(window, {
    origin: devUrl ?? APP_ORIGIN,
    handlers,
    ready: Promise.all([launched, linked]),
    log: () => support.log,
    names,
  });
  app.on('second-instance', (_, argv) => void follow(linkIn(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    void follow(url);
  });
  await window.loadURL(devUrl ?? `${APP_ORIGIN}/index.html`);
  const failure = await launched;
  if (failure) tell(window, failure);
  else if (launch.incidentId !== null)
    push('navigate', { view: 'incident', params: { id: launch.incidentId } });
  else if (launch.link !== null) await follow(launch.link);
}

interface Parts {
  readonly window: BrowserWindow;
  readonly push: Push;
  readonly current: CurrentCase;
  readonly jobs: Jobs;
  readonly recent: RecentCases;
  readonly support: Support;
  readonly userData: string;
  readonly preview: PreviewPage;
  readonly names: HiddenNames;
}

function allHandlers(parts: Parts): Handlers {
  const { window, push, current, jobs, recent, support, userData, preview, names } = parts;
  const granted = new Set<string>();
  // Runs with a profile of their own (tests) keep their cases in it.
  const casesFolder = process.env['COLDTRAIL_USER_DATA']
    ? join(userData, 'cases')
    : join(app.getPath('documents'), 'Coldtrail');
  return {
    ...caseHandlers({
      current,
      recent,
      jobs,
      push,
      casesFolder,
      clock: () => new Date(),
      confirmMigration: (older) => confirmMigration(window, older),
    }),
    ...addHandlers(current, jobs),
    ...jobHandlers(current, jobs),
    ...removeHandlers(current, jobs),
    ...desktopHandlers(window, granted, join(userData, 'session.json')),
    ...keepHandlers(current),
    ...revealHandlers(current),
    ...shareHandlers(window, current),
    ...reportHandlers({ current, granted, preview, names }),
    ...templateHandlers(window, join(userData, 'report-templates')),
    ...noteHandlers(window, current),
    ...indicatorHandlers(window, current),
    ...support.handlers(),
    ...names.handlers(() => window.webContents.reload()),
    ...asked(current),
  };
}

/** Nothing of a case is changed unasked, not even for the sake of a newer version. */
async function confirmMigration(window: BrowserWindow, older: AppError): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: older.message,
    detail:
      'It can be brought to this version. The case as it is stays in its folder backup; the evidence is written anew where its tables changed, and analysed again.',
    buttons: ['Migrate', 'Leave it'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

/** The questions about a case, each on the open one. */
function asked(current: CurrentCase): Handlers<QueryCall> {
  const entries = Object.entries(queryHandlers).map(([name, handle]) => [
    name,
    (request: never) => current.ask((context) => handle(context, request) as Promise<unknown>),
  ]);
  return Object.fromEntries(entries) as Handlers<QueryCall>;
}

function menuActions(window: BrowserWindow, push: Push, handlers: Handlers): MenuActions {
  const openFiles = async () => {
    const title = 'Open files';
    const chosen = await dialog.showOpenDialog(window, {
      title,
      properties: ['openFile', 'multiSelections'],
    });
    if (chosen.canceled) return;
    await handlers['bundle/open']({ paths: chosen.filePaths, caseDir: null });
    push('navigate', { view: 'evidence', params: {} });
  };
  return {
    command: (name) => push('command', { name }),
    navigate: (view) => push('navigate', { view, params: {} }),
    openFiles: () => void openFiles().catch((error: unknown) => tell(window, toEnvelope(error))),
  };
}

/** Does what the command line asked for: opens a case, or imports bundles. */
async function openLaunched(launch: Launch & { mode: 'window' }, handlers: Handlers): Promise<void> {
  const { caseDir, open } = launch;
  const [only] = open;
  if (caseDir === null && open.length === 1 && only !== undefined && (await isCase(only, handlers))) return;
  if (open.length > 0) {
    const paths = open.map((path) => resolve(path));
    await handlers['bundle/open']({ paths, caseDir: caseDir === null ? null : resolve(caseDir) });
  } else if (caseDir !== null) {
    await handlers['case/open']({ path: resolve(caseDir) });
  }
}

async function isCase(path: string, handlers: Handlers): Promise<boolean> {
  try {
    await handlers['case/open']({ path: resolve(path) });
    return true;
  } catch (error) {
    if (toEnvelope(error).code === 'case.notACase') return false;
    throw error;
  }
}

/** Failures of what was not asked for by the page itself. */
function tell(window: BrowserWindow, { code, params }: ErrorEnvelope): void {
  const detail = fromEnvelope({ code, params }).hint;
  void dialog.showMessageBox(window, { type: 'error', message: errorText(code, params), detail });
}

function devOrigins(url: string): string[] {
  const { host, origin } = new URL(url);
  return [`${origin}/`, `ws://${host}/`, 'devtools://'];
}
