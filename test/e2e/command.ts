import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const DONE_WITH_ISSUES = 3;

/** Runs a command of the built product to its end and returns the JSON it wrote. */
export function coldtrail<T>(...args: string[]): Promise<T> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve('bin/coldtrail.mjs'), ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0 || code === DONE_WITH_ISSUES) done(JSON.parse(output) as T);
      else fail(new Error(`coldtrail ${args.join(' ')} ended with ${code}: ${errors.slice(-2000)}`));
    });
  });
}
