import { dialog, type BrowserWindow } from 'electron';
import { reportCrash } from '../diagnostics/crash-report';
import type { Support } from './support';

/** A page that goes again so soon is not shown a third time. */
const SOON_MS = 10_000;

/** Keeps a report of what nobody caught in main. `isWindow`: somebody is there to be told. */
export function reportCrashes(isWindow: boolean): void {
  process.on('uncaughtException', (error) => {
    const report = reportCrash('main', error);
    process.stderr.write(`coldtrail: ${error.stack ?? error.message}\n`);
    if (isWindow) {
      dialog.showErrorBox(
        'Coldtrail has to close',
        `Something failed that should not. The case holds everything that was imported; an import goes on when it is opened again.${report === null ? '' : `\n\nReport: ${report}`}`,
      );
    }
    // An ordered end runs what may be broken now, and aborts in the engine; the lock of a process that is gone is taken over.
    process.kill(process.pid, 'SIGKILL');
  });
  // A promise that nobody waits for leaves the rest of the program as it was: told, and gone on.
  process.on('unhandledRejection', (error) => {
    reportCrash('main', error);
    process.stderr.write(
      `coldtrail: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  });
}

/** Loads the page again after its process went; it takes up the open case. */
export function reloadWhenGone(window: BrowserWindow, support: Support): void {
  let before = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    support.gone('page', `${reason} ${exitCode}`);
    const isAgain = performance.now() - before < SOON_MS;
    before = performance.now();
    if (!isAgain) window.webContents.reload();
    else
      dialog.showErrorBox('The window cannot be shown', `Its process ended twice: ${reason} (${exitCode}).`);
  });
}
