import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';

export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the write lock of a case: the file `lock` with the process that holds it. The lock of a process that is gone is
 * taken over; one of another computer cannot be told and is respected. Errors: `case.locked`, `case.unwritable`.
 */
export async function takeLock(folder: string): Promise<Lock> {
  const file = join(folder, 'lock');
  const own = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(file, own, { flag: 'wx', mode: 0o600 });
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new AppError('case.unwritable', { path: folder, detail: message });
      const holder = holderIn(await readFile(file, 'utf8').catch(() => ''));
      if (holder && isRunning(holder)) throw new AppError('case.locked', { path: folder, pid: holder.pid });
      await rm(file, { force: true });
    }
  }
  throw new AppError('case.locked', { path: folder, pid: 0 });
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started: string;
}

/** Null for a lock that was being written when its process was killed. */
function holderIn(text: string): Holder | null {
  try {
    const { pid, host, started } = JSON.parse(text) as Partial<Holder>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof started !== 'string') return null;
    return pid > 0 ? { pid, host, started } : null;
  } catch {
    return null;
  }
}

function isRunning({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // Numbers of processes are given again, after a restart at the latest: another start means another process.
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

/** When a process began, in ticks since the start of the machine; empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
