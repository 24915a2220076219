import { createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { AppError } from '../../shared/errors/app-error';

/** One file to look at. `readFrom` differs from `path` for archive members, which are unpacked for reading. */
export interface FoundFile {
  readonly path: string;
  readonly name: string;
  readonly readFrom: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Set when it could not be reached. */
  readonly problem: { readonly code: string; readonly detail: string } | null;
}

const MAX_MEMBERS = 1_000_000;
const MAX_UNPACKED = 200 * 1024 ** 3;
const MAX_RATIO = 1100;

/** Every file under the paths, sorted by name; members of .zip archives one by one. Links are not followed. */
export async function discover(paths: readonly string[], unpackInto: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const info = await stat(path).catch(() => {
      throw new AppError('path.missing', { path });
    });
    if (info.isDirectory()) await walk(path, path, found);
    else found.push(file(path, path.split('/').pop() ?? path, info));
  }
  const out: FoundFile[] = [];
  let archive = 0;
  for (const entry of found) {
    out.push(entry);
    if (entry.problem === null && entry.path.toLowerCase().endsWith('.zip')) {
      archive += 1;
      out.push(...(await unpack(entry, join(unpackInto, String(archive)))));
    }
  }
  return out;
}

function file(path: string, name: string, info: { size: number; mtimeMs: number }): FoundFile {
  return { path, name, readFrom: path, bytes: info.size, modifiedMs: info.mtimeMs, problem: null };
}

function broken(path: string, name: string, code: string, error: unknown): FoundFile {
  const detail = error instanceof Error ? error.message : String(error);
  return { path, name, readFrom: path, bytes: 0, modifiedMs: 0, problem: { code, detail } };
}

async function walk(root: string, folder: string, found: FoundFile[]): Promise<void> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    found.push(broken(folder, relative(root, folder), 'path.unreadable', error));
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(root, path, found);
    else if (entry.isFile()) found.push(file(path, relative(root, path), await stat(path)));
    else found.push(broken(path, relative(root, path), 'path.notAFile', new Error('a link or a device is not followed')));
  }
}

async function unpack(archive: FoundFile, folder: string): Promise<FoundFile[]> {
  const out: FoundFile[] = [];
  try {
    const zip = await yauzl.openPromise(archive.readFrom, { lazyEntries: true, strictFileNames: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    let unpacked = 0;
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const path = `${archive.path}!${entry.fileName}`;
      const name = `${archive.name}!${entry.fileName}`;
      unpacked += entry.uncompressedSize;
      const refusal = refuse(entry, out.length, unpacked);
      if (refusal !== null) {
        out.push(broken(path, name, 'archive.refused', new Error(refusal)));
        continue;
      }
      const target = join(folder, String(out.length));
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode: 0o600 }));
      const modifiedMs = entry.getLastModDate().getTime();
      out.push({ path, name, readFrom: target, bytes: entry.uncompressedSize, modifiedMs, problem: null });
    }
  } catch (error) {
    out.push(broken(`${archive.path}!`, `${archive.name}!`, 'archive.damaged', error));
  }
  return out;
}

/** Why a member is not unpacked, or null. The names never become paths here: members are stored under numbers. */
function refuse(entry: yauzl.Entry, members: number, unpacked: number): string | null {
  const unixMode = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (unixMode === 0o120000) return 'a symbolic link';
  if (members >= MAX_MEMBERS) return `more than ${MAX_MEMBERS} members`;
  if (unpacked > MAX_UNPACKED) return 'more than 200 GiB unpacked';
  if (entry.uncompressedSize > 1024 ** 2 && entry.uncompressedSize > entry.compressedSize * MAX_RATIO) return 'an implausible compression ratio';
  return null;
}
