import { resolve } from 'node:path';
import { app } from 'electron';
import { registerAppScheme } from './shell/app-protocol';
import { parseLaunch } from './shell/launch-arguments';
import { printMode } from './shell/print';
import { openWorkbench } from './shell/workbench';

const launch = parseLaunch(process.argv, app.isPackaged);
const userData = process.env['COLDTRAIL_USER_DATA'];
if (userData) app.setPath('userData', resolve(userData));
// Chromium's sandbox cannot run as root; asking for both ends the utility processes.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();

// The default would quit between the last page of a print and its file.
app.on('window-all-closed', () => {
  if (launch.mode === 'window') app.quit();
});

app
  .whenReady()
  .then(async () => {
    if (launch.mode === 'print') app.exit(await printMode(launch));
    else await openWorkbench(__dirname, launch);
  })
  .catch((error: unknown) => {
    process.stderr.write(
      `coldtrail: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    app.exit(1);
  });
