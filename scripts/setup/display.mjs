import { spawn } from 'node:child_process';
import { run } from './run.mjs';
import { hasDisplay } from './system-libraries.mjs';

/** The virtual X server; it comes with the package of the same name. */
const SERVER = 'Xvfb';
const SCREEN = '1680x1050x24';

/**
 * A display to draw on: the user's own, else a virtual one that lives until `stop()`.
 * @returns {Promise<{env: NodeJS.ProcessEnv, virtual: boolean, stop: () => void}>} the environment to start programs with
 * Errors: Xvfb cannot be started.
 */
export async function openDisplay() {
  if (hasDisplay()) return { env: process.env, virtual: false, stop: () => undefined };
  const server = spawn(SERVER, ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const stop = () => server.kill();
  process.once('exit', stop);
  const number = await displayNumber(server);
  return { env: { ...process.env, DISPLAY: `:${number}` }, virtual: true, stop };
}

/** Xvfb picks a free display and writes its number when it is ready. */
function displayNumber(server) {
  return new Promise((done, fail) => {
    let errors = '';
    let text = '';
    server.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-2000)));
    server.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) done(text.trim());
    });
    server.on('error', fail);
    server.on('exit', (code) => fail(new Error(`${SERVER} ended with ${code}: ${errors.trim()}`)));
  });
}

/**
 * Runs a program with a display, virtual where there is none.
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options] as of run(); `env` is added to the display's
 */
export async function withDisplay(command, args, { env, ...options } = {}) {
  const display = await openDisplay();
  try {
    return await run(command, args, { ...options, env: { ...display.env, ...env } });
  } finally {
    display.stop();
  }
}
