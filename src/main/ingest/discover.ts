import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { fileChunks } from '../evidence/originals/chunks';
import { failing } from '../evidence/originals/member';
import { readWhole } from './read-whole';

/** One file or archive member to look at. */
export interface FoundFile {
  /** Absolute path; members as archive.zip!member. */
  readonly path: string;
  /** Path below the opened folder. */
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** How deep in archives it lies: 0 on disk. */
  readonly depth: number;
  /** Set when it cannot or must not be read. */
  readonly problem: {
    readonly code: string;
    readonly detail: string;
    readonly state: 'issue' | 'not-evidence' | 'context';
  } | null;
  read(): Promise<Buffer>;
  /** The same piece by piece, for a file that is too large to be held; a member of a tar is read once only. */
  chunks(): AsyncGenerator<Buffer>;
}

/**
 * Every file under the paths, near time order: by the time in the name where there is one, else by path. Links are not
 * followed, and case folders are left alone (the case may lie inside the opened folder). Errors: `path.missing`.
 */
export async function discover(paths: readonly string[]): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  const add = (file: FoundFile) => {
    if (!found.has(file.path)) found.set(file.path, file);
  };
  for (const given of paths) {
    const path = await realpath(given).catch(() => {
      throw new AppError('path.missing', { path: given });
    });
    const info = await stat(path);
    if (info.isDirectory()) await walk(path, path, add);
    else add(fileOnDisk(path, basename(path), info));
  }
  return inTimeOrder([...found.values()]);
}

/** `..._20240131T2355Z_...` of S3 keys, or `2024-01-31T23:55` and the like; sorts as text. */
function timeInName(path: string): string {
  const match = /(\d{4})-?(\d{2})-?(\d{2})T(\d{2}):?(\d{2})/.exec(path.slice(path.lastIndexOf('/') + 1));
  return match ? match.slice(1).join('') : '';
}

/** Sorts by the time in the name, then by path. */
export function inTimeOrder(files: readonly FoundFile[]): FoundFile[] {
  const keyed = files.map((file) => ({ file, time: timeInName(file.path) }));
  keyed.sort((a, b) => compare(a.time, b.time) || compare(a.file.path, b.file.path));
  return keyed.map(({ file }) => file);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fileOnDisk(path: string, name: string, info: { size: number; mtimeMs: number }): FoundFile {
  return {
    path,
    name,
    bytes: info.size,
    modifiedMs: info.mtimeMs,
    depth: 0,
    problem: null,
    read: () => readWhole(path),
    chunks: () => fileChunks(path),
  };
}

function unreachable(path: string, name: string, problem: NonNullable<FoundFile['problem']>): FoundFile {
  const fail = () => Promise.reject(new Error(problem.detail));
  return {
    path,
    name,
    bytes: 0,
    modifiedMs: 0,
    depth: 0,
    problem,
    read: fail,
    chunks: () => failing(fail),
  };
}

async function walk(root: string, folder: string, add: (file: FoundFile) => void): Promise<void> {
  const name = relative(root, folder);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => error as Error);
  if (entries instanceof Error) {
    add(unreachable(folder, name, { code: 'path.unreadable', detail: entries.message, state: 'issue' }));
    return;
  }
  const names = new Set(entries.map((entry) => entry.name));
  if (names.has('case.json') && names.has('manifest.json')) {
    add(unreachable(folder, name, { code: 'path.case', detail: 'a Coldtrail case', state: 'context' }));
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const below = relative(root, path);
    if (entry.isDirectory()) await walk(root, path, add);
    else if (!entry.isFile())
      add(unreachable(path, below, { code: 'path.notAFile', detail: kindOf(entry), state: 'not-evidence' }));
    else {
      const info = await stat(path).catch((error: unknown) => error as Error);
      if (info instanceof Error)
        add(unreachable(path, below, { code: 'path.unreadable', detail: info.message, state: 'issue' }));
      else add(fileOnDisk(path, below, info));
    }
  }
}

function kindOf(entry: { isSymbolicLink(): boolean }): string {
  return entry.isSymbolicLink() ? 'symbolic link, not followed' : 'device or socket, not read';
}
