import { appendFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toEnvelope } from '../../shared/errors/app-error';
import { LOG_LEVELS, type LogLevel } from '../../shared/model/log-level';
import { maskForLog } from './mask';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** One line of the log: JSON. `event` is a word of the program, never text of the evidence. */
export interface LogLine {
  /** ISO time. */
  readonly at: string;
  readonly level: LogLevel;
  /** Which process: main, worker or command. */
  readonly process: string;
  readonly pid: number;
  readonly event: string;
  readonly [field: string]: string | number | boolean | null;
}

export interface Log {
  readonly error: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  readonly info: (event: string, fields?: LogFields) => void;
  readonly debug: (event: string, fields?: LogFields) => void;
}

const FOLDER = 'log';
const FILE = 'coldtrail.log';
/** With this many older files of this size the log of a case takes at most 4 MiB. */
const OLDER = 3;
const MOST_BYTES = 1024 ** 2;
const MOST_TEXT = 500;

/** For callers without a case. */
export const NO_LOG: Log = { error: ignore, warn: ignore, info: ignore, debug: ignore };
function ignore(): void {
  // Nothing is kept.
}

/**
 * The log of a case, `log/coldtrail.log`, 0600: lines below `level` are left out, secrets are masked, the file is turned
 * over at 1 MiB. Several processes may write it. What cannot be written (a case on a read-only medium, a full disk) is
 * dropped: a log must not fail what it tells of.
 */
export function caseLog(
  casePath: string,
  options: { readonly process: string; readonly level: LogLevel; readonly now?: () => Date },
): Log {
  const folder = join(casePath, FOLDER);
  const { now = () => new Date() } = options;
  const wanted = LOG_LEVELS.indexOf(options.level);
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (LOG_LEVELS.indexOf(level) > wanted) return;
      const head = { at: now().toISOString(), level, process: options.process, pid: process.pid, event };
      write(folder, `${JSON.stringify({ ...head, ...masked(fields) })}\n`);
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

/** A failure as fields: its code and, masked, its words. */
export function failureFields(error: unknown): LogFields {
  const { code, params } = toEnvelope(error);
  return { code, ...params };
}

/** Memory that this process holds now, in MiB. */
export function residentMb(): number {
  return Math.round(process.memoryUsage.rss() / 1024 ** 2);
}

/** Every line that is kept, oldest first; what is no line of a log is passed over. */
export async function readCaseLog(casePath: string): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (const name of logFiles().reverse()) {
    const text = await readFile(join(casePath, FOLDER, name), 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      const parsed = parse(line);
      if (parsed !== null) lines.push(parsed);
    }
  }
  return lines;
}

function parse(line: string): LogLine | null {
  try {
    const value = JSON.parse(line) as Partial<LogLine> | null;
    const isLine =
      typeof value?.at === 'string' &&
      typeof value.event === 'string' &&
      LOG_LEVELS.some((l) => l === value.level);
    return isLine ? (value as LogLine) : null;
  } catch {
    return null;
  }
}

/** Newest first. */
function logFiles(): string[] {
  return [FILE, ...Array.from({ length: OLDER }, (_, i) => `${FILE}.${i + 1}`)];
}

function masked(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskForLog(value).slice(0, MOST_TEXT) : value,
    ]),
  );
}

function write(folder: string, line: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, FILE);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > 0 && size + line.length > MOST_BYTES) turnOver(folder);
    appendFileSync(file, line, { mode: 0o600 });
  } catch {
    // See caseLog: the work goes on without its log.
  }
}

/** Renames each file to the next older name. Only one process does so; another one writes on meanwhile. */
function turnOver(folder: string): void {
  const guard = join(folder, 'turning');
  try {
    writeFileSync(guard, '', { flag: 'wx', mode: 0o600 });
  } catch {
    // A guard that a killed process left is taken away: the next line turns over.
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 60_000) rmSync(guard, { force: true });
    return;
  }
  try {
    const names = logFiles();
    for (let i = names.length - 1; i > 0; i -= 1) {
      const from = join(folder, names[i - 1] ?? '');
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, join(folder, names[i] ?? ''));
    }
  } finally {
    rmSync(guard, { force: true });
  }
}
