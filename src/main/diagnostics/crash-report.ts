import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, release } from 'node:os';
import { join } from 'node:path';

type CrashedProcess = 'main' | 'worker' | 'page' | 'command';

/** What is kept of a crash: where in the program, never what it was working on. */
export interface CrashReport {
  /** ISO time. */
  readonly at: string;
  readonly process: CrashedProcess;
  /** `uncaught` for an error that nobody caught, `gone` for a process that ended unasked. */
  readonly kind: 'uncaught' | 'gone';
  readonly version: string;
  readonly platform: string;
  readonly runtime: string;
  /** Names and codes of the error and of its causes, outermost first; for `gone` the reason or exit code. */
  readonly errors: readonly string[];
  /** `function file:line:column` of the program's own files, innermost first. */
  readonly frames: readonly string[];
}

const MOST_REPORTS = 20;
const MOST_FRAMES = 30;
const MOST_CAUSES = 4;
const PREFIX = 'crash-';

/** Where crash reports lie: a folder of the user's, since a case may be on a medium that nobody can write. */
export function crashFolder(): string {
  const own = process.env['COLDTRAIL_USER_DATA'];
  if (own) return join(own, 'crashes');
  return join(configFolder(), 'Coldtrail', 'crashes');
}

function configFolder(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
  return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
}

/** Writes a report of an uncaught error, 0600; gives its path, or null where nothing can be written. */
export function reportCrash(process: CrashedProcess, error: unknown, folder = crashFolder()): string | null {
  return keep(folder, {
    ...head(process),
    kind: 'uncaught',
    errors: errorNames(error),
    frames: error instanceof Error ? framesOf(error) : [],
  });
}

/** Writes a report of a process that ended unasked. `reason`: exit code, signal or a word of the runtime. */
export function reportGone(process: CrashedProcess, reason: string, folder = crashFolder()): string | null {
  return keep(folder, { ...head(process), kind: 'gone', errors: [word(reason)], frames: [] });
}

/** The reports that are kept, newest first. */
export function crashReports(folder = crashFolder()): CrashReport[] {
  return names(folder)
    .reverse()
    .flatMap((name) => {
      try {
        return [JSON.parse(readFileSync(join(folder, name), 'utf8')) as CrashReport];
      } catch {
        return [];
      }
    });
}

function head(
  crashed: CrashedProcess,
): Pick<CrashReport, 'at' | 'process' | 'version' | 'platform' | 'runtime'> {
  const electron = process.versions['electron'];
  return {
    at: new Date().toISOString(),
    process: crashed,
    version: __COLDTRAIL_VERSION__,
    platform: `${process.platform} ${process.arch} ${release()}`,
    runtime: `Node ${process.versions.node}${electron === undefined ? '' : `, Electron ${electron}`}`,
  };
}

function keep(folder: string, report: CrashReport): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const at = report.at.replace(/[^\dTZ]/g, '');
    const path = join(folder, `${PREFIX}${at}-${report.process}-${process.pid}.json`);
    writeFileSync(path, `${JSON.stringify(report, null, 1)}\n`, { mode: 0o600 });
    for (const old of names(folder).slice(0, -MOST_REPORTS)) rmSync(join(folder, old), { force: true });
    return path;
  } catch {
    // A disk that is full may be why it crashed.
    return null;
  }
}

/** Oldest first: the time leads the name. */
function names(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(PREFIX) && name.endsWith('.json'))
      .sort();
  } catch {
    return [];
  }
}

/** Class and code of an error and its causes. The message is left out: it may quote the evidence. */
function errorNames(error: unknown): string[] {
  const found: string[] = [];
  for (let next = error; next !== undefined && next !== null && found.length < MOST_CAUSES;) {
    if (!(next instanceof Error)) return [...found, typeof next];
    const code = (next as { code?: unknown }).code;
    found.push(typeof code === 'string' ? `${word(next.name)} ${word(code)}` : word(next.name));
    next = next.cause;
  }
  return found;
}

function word(text: string): string {
  return /^[\w. -]{1,60}$/.test(text) ? text : 'Error';
}

const FRAME =
  /^\s*at (?:async )?(?:([\w.$<>[\] #]{1,80}) \()?(?:[^()]*[/\\])?([\w.-]{1,60}\.(?:js|cjs|mjs|ts)):(\d+):(\d+)\)?$/;

/** The stack without the message, which stands before it and could look like a frame. */
function framesOf({ stack = '', message }: Error): string[] {
  const after = message === '' ? 0 : stack.indexOf(message);
  const frames = after < 0 ? '' : stack.slice(after + message.length);
  return frames
    .split('\n')
    .flatMap((line) => {
      const [, name = '-', file, row, column] = FRAME.exec(line) ?? [];
      return file === undefined ? [] : [`${name} ${file}:${row}:${column}`];
    })
    .slice(0, MOST_FRAMES);
}
