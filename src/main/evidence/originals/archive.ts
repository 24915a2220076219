import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { constants, inflateRawSync } from 'node:zlib';
import { gunzipped } from './chunks';
import { headerLength, isGzip } from './inflate';
import type { Member } from './member';
import { isTar, tarMembers } from './tar';
import { isZip, openZip } from './zip';
import { isZstd, unzstdStream, zstdHead } from './zstd';

/** What an archive is; `tar.gz` and `tar.zst` are decompressed while they are read. */
type ArchiveKind = 'zip' | 'tar' | 'tar.gz' | 'tar.zst';

export interface Archive {
  readonly kind: ArchiveKind;
  /** Those of a zip are listed and can be read in any order; those of a tar come one after another. */
  readonly members: readonly Member[] | AsyncIterable<Member>;
  close(): void;
}

/** Bytes that tell what an archive is: a whole block of zstd. */
export const HEAD = 160 * 1024;

/** What the beginning of a stored file says: null when it is no archive. */
export function archiveKind(head: Buffer): ArchiveKind | null {
  if (isZip(head)) return 'zip';
  if (isTar(head)) return 'tar';
  if (isGzip(head)) return isTar(gzipHead(head)) ? 'tar.gz' : null;
  return isZstd(head) && isTar(zstdHead(head.subarray(0, HEAD))) ? 'tar.zst' : null;
}

/** The first bytes of a file on disk. */
export async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Opens an archive on disk or in memory. Nothing is ever written under a member's own name: members are read into memory
 * one by one. A member that breaks a limit (size, ratio, depth, links, encryption) is listed as refused. Null when it is
 * no archive; fails when a zip has no readable directory.
 */
export async function openArchive(source: string | Buffer): Promise<Archive | null> {
  const head = typeof source === 'string' ? await headOf(source) : source.subarray(0, HEAD);
  const kind = archiveKind(head);
  if (kind === null) return null;
  if (kind === 'zip') return { kind, ...(await openZip(source)) };
  const stream = typeof source === 'string' ? createReadStream(source, { highWaterMark: 1024 ** 2 }) : null;
  const bytes: Chunks = stream ?? [source as Buffer];
  const members = tarMembers(UNPACK[kind](bytes));
  return { kind, members, close: () => stream?.destroy() };
}

const UNPACK: Readonly<Record<Exclude<ArchiveKind, 'zip'>, (bytes: Chunks) => Chunks>> = {
  tar: (bytes) => bytes,
  'tar.gz': (bytes) =>
    gunzipped(bytes, ({ detail }) => {
      throw new Error(detail);
    }),
  'tar.zst': unzstdStream,
};
type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>;

/** The decompressed beginning of a gzip file, as far as the given bytes go. */
function gzipHead(head: Buffer): Buffer {
  const start = headerLength(head);
  if (start < 0) return Buffer.alloc(0);
  try {
    return inflateRawSync(head.subarray(start, start + HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
