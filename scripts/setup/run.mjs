import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a program to its end; its output goes to our stderr.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & {capture?: boolean, timeoutMs?: number}} [options]
 *   `capture` returns the output instead of showing it; after `timeoutMs` the program is ended
 * @returns {Promise<{code: number, output: string}>} code 127 when it cannot be started, 124 when out of time
 */
export function run(command, args, { capture = false, timeoutMs = 0, ...options } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', capture ? 'pipe' : 2, capture ? 'pipe' : 2],
      ...options,
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    let late = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          late = true;
          child.kill('SIGKILL');
        }, timeoutMs)
      : undefined;
    child.on('error', (error) => {
      clearTimeout(timer);
      done({ code: 127, output: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code: late ? 124 : (code ?? 1), output });
    });
  });
}

/** Runs npm in the client the user has: the one that started us, else the one on the path. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? run(process.execPath, [cli, ...args], options) : run('npm', args, options);
}
