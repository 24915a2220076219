import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Lays out `source=target` pairs as they will lie on the system; a source that ends in a slash stands for its content. */
export function stage(root, pairs) {
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    const source = pair.slice(0, at);
    const target = join(root, pair.slice(at + 1));
    mkdirSync(statSync(source).isDirectory() ? target : dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  }
  // Who built it, and with which umask, must not show in the package.
  call('chmod', ['-R', 'u=rwX,go=rX', root]);
}

/** Runs a program to its end. Errors: it is missing or fails; its words are in the message. */
export function call(program, args, env = {}) {
  const { status, error, stderr } = spawnSync(program, args, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw new Error(`${program} cannot be started: ${error.message}`);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.trim().slice(-2000)}`);
}
