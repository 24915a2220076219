import { app } from 'electron';
import { printMode } from './shell/print';

/** The value after an option of this process. */
function argument(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

const userData = process.env['COLDTRAIL_USER_DATA'];
if (userData) app.setPath('userData', userData);
// Chromium's sandbox cannot run as root; asking for both ends the utility processes.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

void app.whenReady().then(async () => {
  const [html, pdf] = [argument('--print'), argument('--pdf')];
  if (html !== null && pdf !== null) app.exit(await printMode(html, pdf));
});
