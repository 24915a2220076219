import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Sets up what is missing, builds what is stale, then does as the built one. */
const BIN = resolve('bin', 'coldtrail.mjs');
const BUILT = resolve('out', 'main', 'cli.js');

/** Runs the command line as a user's shell does; the first call of a file of tests goes through BIN. */
export function coldtrail(
  args: readonly string[],
  options: { readonly cwd?: string; readonly program?: string; readonly without?: readonly string[] } = {},
): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [options.program ?? BUILT, ...args], {
      cwd: options.cwd ?? process.cwd(),
      env: Object.fromEntries(
        // npm sets INIT_CWD for the tests; a user's shell does not.
        Object.entries(process.env).filter(
          ([name]) => name !== 'INIT_CWD' && !options.without?.includes(name),
        ),
      ),
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, out, err }));
  });
}

/** The same, for a command that must give JSON on stdout with the given exit code. */
export async function json<T>(args: readonly string[], code = 0, program = BUILT): Promise<T> {
  const ended = await coldtrail(args, { program });
  if (ended.code !== code) throw new Error(`${args.join(' ')} ended with ${ended.code}: ${ended.err}`);
  if (ended.out.trimEnd().includes('\n')) throw new Error('JSON output must be one line');
  return JSON.parse(ended.out) as T;
}

export interface Workplace {
  readonly folder: string;
  readonly bundle: string;
  readonly caseDir: string;
  readonly opened: Record<string, unknown>;
  readonly sample: Record<string, unknown>;
  remove(): Promise<void>;
}

/** A small sample bundle, opened as a case by the command line. */
export async function workplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-cli-'));
  const out = join(folder, 'sample');
  const sample = await json<Record<string, unknown>>(
    ['sample', ...['--out', out, '--seed', '3', '--events', '3000', '--flows', '4000', '--json']],
    0,
    BIN,
  );
  const bundle = join(out, 'bundle');
  const caseDir = join(folder, 'case');
  const opened = await json<Record<string, unknown>>([
    'open',
    bundle,
    ...['--case', caseDir, '--baseline-days', '10', '--json'],
  ]);
  return {
    folder,
    bundle,
    caseDir,
    opened,
    sample,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
