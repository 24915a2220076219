import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { COMMAND_WORDS, runCommandLine } from './cli/run';
import { registerAppScheme } from './shell/app-protocol';
import { reportCrashes } from './shell/crashes';
import { parseLaunch } from './shell/launch-arguments';
import { printMode } from './shell/print';
import { stayOffline } from './shell/stay-offline';
import { openWorkbench } from './shell/workbench';

const launch = parseLaunch(process.argv, {
  isPackaged: app.isPackaged,
  commands: COMMAND_WORDS,
  // Set by the launcher of a package where it had to start a virtual display.
  isSeen: process.env['COLDTRAIL_UNSEEN'] === undefined,
});
const userData = process.env['COLDTRAIL_USER_DATA'];
// A command needs no profile, and must not wait for that of an open window; Chromium wants a folder for one.
const passing =
  !userData && launch.mode === 'command' ? mkdtempSync(join(tmpdir(), 'coldtrail-profile-')) : null;
if (userData) app.setPath('userData', resolve(userData));
else if (passing !== null) app.setPath('userData', passing);
if (launch.mode === 'command') app.disableHardwareAcceleration();
// Chromium's sandbox cannot run as root; asking for both ends the utility processes.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
reportCrashes(launch.mode === 'window');
stayOffline(app.commandLine);
registerAppScheme();

// The default would quit between the last page of a print and its file.
app.on('window-all-closed', () => {
  if (launch.mode === 'window') app.quit();
});

// The first window holds the lock and follows the links that later starts bring; other starts are windows of their own.
const isFirst = launch.mode !== 'window' || app.requestSingleInstanceLock();
if (app.isPackaged && launch.mode === 'window') app.setAsDefaultProtocolClient('coldtrail');

app
  .whenReady()
  .then(async () => {
    if (launch.mode === 'command') {
      const code = await runCommandLine(launch.argv, __filename);
      if (passing !== null) rmSync(passing, { recursive: true, force: true });
      app.exit(code);
    } else if (launch.mode === 'print') app.exit(await printMode(launch));
    else if (!isFirst && launch.link !== null) app.quit();
    else await openWorkbench(__dirname, launch);
  })
  .catch((error: unknown) => {
    process.stderr.write(
      `coldtrail: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    app.exit(1);
  });
