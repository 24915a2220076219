import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { coloursOf, png, readScreen } from './screen.mjs';

const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 1500;
/** A blank window with a frame has a handful of colours; text drawn smoothly has hundreds. */
const DRAWN = 100;

/**
 * Opens the window of an installed program on a virtual screen and waits until it stands still with something drawn.
 * @param {{root: string, command: (words: readonly string[]) => [program: string, args: readonly string[]],
 *   words: readonly string[], folder: string, picture: string}} order `command` makes what starts words inside `root`;
 *   `folder` is inside it and belongs to the user; `picture` is where the PNG of the screen is left
 * @returns {Promise<number>} colours on the screen
 * Errors: the window does not start, ends by itself or stays blank.
 */
export async function checkWindow({ root, command, words, folder, picture }) {
  mkdirSync(join(root, folder), { recursive: true });
  const [program, args] = command([
    'Xvfb',
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1440x900x24',
    '-nolisten',
    'tcp',
    '-noreset',
    '-fbdir',
    folder,
  ]);
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  let window;
  try {
    const [number] = await new Promise((done, fail) => {
      server.stdio[3].once('data', (data) => done(String(data).trim().split('\n')));
      server.once('exit', (code) => fail(new Error(`Xvfb ended with ${code}`)));
    });
    const [shown, shownArgs] = command(['env', `DISPLAY=:${number}`, ...words]);
    window = spawn(shown, shownArgs, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    window.stderr.on('data', (data) => (errors = (errors + data).slice(-1500)));
    const ended = new Promise((done) => window.once('exit', (code, signal) => done(code ?? signal)));
    const screen = await stillScreen(join(root, folder, 'Xvfb_screen0'));
    writeFileSync(picture, png(screen));
    if (window.exitCode !== null) throw new Error(`the window ended with ${await ended}: ${errors}`);
    if (coloursOf(screen) < DRAWN) throw new Error(`the window stays blank; see ${picture}: ${errors}`);
    window.kill('SIGTERM');
    await ended;
    return coloursOf(screen);
  } finally {
    window?.kill('SIGKILL');
    server.kill();
  }
}

/** The screen once it is drawn and the same in three looks, or as it is when patience ends. */
async function stillScreen(file) {
  const until = Date.now() + PATIENCE_MS;
  let [before, same] = [null, 0];
  for (;;) {
    await sleep(LOOK_EVERY_MS);
    const screen = readScreen(file);
    same = before?.rgb.equals(screen.rgb) && coloursOf(screen) >= DRAWN ? same + 1 : 0;
    before = screen;
    if (same >= 2 || Date.now() > until) return screen;
  }
}
