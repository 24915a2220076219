import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { say, seconds } from './say.mjs';

/** Debian packages that Chromium links to: without them the window does not start. */
const needed = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];

/** What makes it look right and draw quickly without a GPU: two families of the interface, many scripts, Mesa's EGL. */
const nicer = ['fonts-inter', 'fonts-jetbrains-mono', 'fonts-noto-core', 'libegl1'];

/** @returns {boolean} whether a program of this name is on the path */
function onPath(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder && existsSync(join(folder, program)));
}

/** @returns {boolean} whether windows can be shown to somebody */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Installs the system libraries that Electron needs as root on Debian and its relatives; names them in one line to copy
 * for others. Needs no Electron, so it can run while that is fetched; whether all is there says checkSystemLibraries().
 */
export async function installSystemLibraries() {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  if (process.getuid() === 0) await install(missing);
  else say(`For the best look install: ${installLine(missing)}`);
}

function installLine(packages) {
  return `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Some packages were renamed when Debian's time_t grew; the new name provides the old one. */
async function missingPackages() {
  if (process.platform !== 'linux' || !onPath('dpkg-query') || !onPath('apt-get')) return [];
  const wanted = [...needed, ...nicer, ...(hasDisplay() ? [] : ['xvfb'])];
  const names = [...wanted, ...wanted.map((name) => `${name}t64`)];
  const format = '${Package} ${db:Status-Status}\n';
  const { output } = await run('dpkg-query', ['-W', '-f', format, ...names], { capture: true });
  const lines = new Set(output.split('\n'));
  return wanted.filter((name) => !lines.has(`${name} installed`) && !lines.has(`${name}t64 installed`));
}

async function install(packages) {
  const startedAt = performance.now();
  say(`Installing system libraries: ${packages.join(' ')} ...`);
  const options = { capture: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = (names) =>
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
  let result = await apt(packages);
  if (result.code !== 0) {
    await run('apt-get', ['update', '-qq'], options);
    result = await apt(packages);
  }
  if (result.code === 0) say(`System libraries installed in ${seconds(startedAt)}.`);
  else say(`apt-get could not install them: ${result.output.trim().slice(-800)}`);
}

/**
 * Errors: a library that this Electron executable links to is missing, or a display and what stands in for one.
 * @param {string} electron
 */
export async function checkSystemLibraries(electron) {
  if (process.platform !== 'linux') return;
  const { output } = await run('ldd', [electron], { capture: true });
  const absent = [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  if (!hasDisplay() && !onPath('Xvfb')) absent.push('Xvfb');
  if (absent.length === 0) return;
  throw new Error(`${absent.join(', ')} missing. Install with: ${installLine([...needed, 'xvfb'])}`);
}
