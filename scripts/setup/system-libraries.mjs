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
 * Makes sure that the system libraries of an Electron executable are there: installs them as root on Debian and its
 * relatives, else names them in one line to copy.
 * @param {string} electron the executable
 * Errors: a library is missing and may not be installed.
 */
export async function ensureSystemLibraries(electron) {
  if (process.platform !== 'linux') return;
  const debian = onPath('dpkg-query') && onPath('apt-get');
  const missing = debian ? await missingPackages() : [];
  if (missing.length > 0 && process.getuid() === 0) await install(missing);
  else if (missing.length > 0)
    say(`For the best look install: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`);
  await check(electron, missing);
}

/** Some packages were renamed when Debian's time_t grew; the new name provides the old one. */
async function missingPackages() {
  const wanted = [...needed, ...nicer, ...(hasDisplay() ? [] : ['xvfb'])];
  const { output } = await run(
    'dpkg-query',
    [
      '-W',
      '-f',
      '${Package} ${Provides} ${db:Status-Status}\n',
      ...wanted,
      ...wanted.map((name) => `${name}t64`),
    ],
    {
      capture: true,
    },
  );
  const installed = output.split('\n').filter((line) => line.endsWith(' installed'));
  return wanted.filter(
    (name) => !installed.some((line) => line.startsWith(`${name} `) || line.startsWith(`${name}t64 `)),
  );
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

async function check(electron, packages) {
  const { output } = await run('ldd', [electron], { capture: true });
  const absent = [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  if (!hasDisplay() && !onPath('Xvfb')) absent.push('Xvfb');
  if (absent.length === 0) return;
  const names = packages.length > 0 ? packages : [...needed, 'xvfb'];
  throw new Error(
    `${absent.join(', ')} missing. Install with: sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
  );
}
