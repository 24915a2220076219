import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A bundle with an intrusion, and a case that was made of it on the command line. */
    bundle: string;
    caseFolder: string;
    /** Unique records in it, as the command line counts them. */
    records: number;
  }
}

const EVENTS = 5000;
const FLOWS = 8000;
const DONE_WITH_ISSUES = 3;

/** Runs a command of the built product to its end and returns the JSON it wrote. */
function coldtrail<T>(...args: string[]): Promise<T> {
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

/** Composes the evidence that every file of the suite opens, once. */
export default async function composeEvidence(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-e2e-'));
  const caseFolder = join(folder, 'case');
  const bundle = join(folder, 'bundle');
  await coldtrail('sample', '--out', folder, '--seed', '7', '--events', `${EVENTS}`, '--flows', `${FLOWS}`);
  const { sources } = await coldtrail<{ sources: { unique: number }[] }>(
    'open',
    bundle,
    '--case',
    caseFolder,
  );
  project.provide('bundle', bundle);
  project.provide('caseFolder', caseFolder);
  project.provide(
    'records',
    sources.reduce((sum, { unique }) => sum + unique, 0),
  );
  return () => rm(folder, { recursive: true, force: true });
}
