import { createHash } from 'node:crypto';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { ACTION_LOG, type CaseFolder } from '../case/case-folder';

export interface Action {
  /** From 1. */
  readonly n: number;
  /** ISO time. */
  readonly at: string;
  /** User and machine. */
  readonly who: string;
  readonly action:
    | 'opened'
    | 'migrated'
    | 'imported'
    /** Files were taken out of the case. */
    | 'removed'
    | 'investigated'
    | 'reported'
    | 'exported'
    | 'sealed'
    | 'noted'
    | 'rules'
    /** Secrets of a record were shown. */
    | 'revealed';
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** Hash of the line before; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 of the line without this field. */
  readonly hash: string;
}

const NONE = '0'.repeat(64);
/** Two programs that log at the same time wait for each other this often, this long. */
const TRIES = 100;
const WAIT_MS = 20;

/** Adds a line to the case's log. */
export async function logAction(
  caseFolder: CaseFolder,
  action: Action['action'],
  detail: Action['detail'],
  at = new Date().toISOString(),
): Promise<void> {
  await alone(join(caseFolder.path, `${ACTION_LOG}.lock`), async () => {
    const last = parseLog(await readLog(caseFolder)).at(-1);
    const line = {
      n: (last?.n ?? 0) + 1,
      at,
      who: `${userInfo().username}@${hostname()}`,
      action,
      detail,
      previous: last?.hash ?? NONE,
    };
    await appendFile(
      join(caseFolder.path, ACTION_LOG),
      `${JSON.stringify({ ...line, hash: hashOf(line) })}\n`,
      { mode: 0o600 },
    );
  });
}

/** The text of the log; empty before the first action. */
export function readLog(caseFolder: CaseFolder): Promise<string> {
  return readFile(join(caseFolder.path, ACTION_LOG), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
}

export function parseLog(text: string): Action[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Action);
}

/** The number of the first line that does not follow from those before it, or null when the chain holds. */
export function brokenAt(text: string): number | null {
  let previous = NONE;
  const lines = text.split('\n').filter((line) => line !== '');
  for (const [i, line] of lines.entries()) {
    try {
      const { hash, ...rest } = JSON.parse(line) as Action;
      if (rest.n !== i + 1 || rest.previous !== previous || hashOf(rest) !== hash) return i + 1;
      previous = hash;
    } catch {
      return i + 1;
    }
  }
  return null;
}

/** Whether a line on its own is as it was written; that none is missing only the chain can tell. */
export function isWhole({ hash, ...rest }: Action): boolean {
  return hashOf(rest) === hash;
}

function hashOf(line: Omit<Action, 'hash'>): string {
  const { n, at, who, action, detail, previous } = line;
  return createHash('sha256')
    .update(JSON.stringify([n, at, who, action, detail, previous]))
    .digest('hex');
}

async function alone(lock: string, work: () => Promise<void>): Promise<void> {
  for (let i = 0; ; i += 1) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (i >= TRIES) throw new AppError('case.locked', { path: lock, pid: 0 }, { cause: error });
      await new Promise((done) => setTimeout(done, WAIT_MS));
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}
