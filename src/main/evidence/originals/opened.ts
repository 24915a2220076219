import { stat } from 'node:fs/promises';
import { webcrypto } from 'node:crypto';
import { decode, type Decoded } from './decode';
import { inflate, isCompressed } from './inflate';
import { isParquet } from './parquet';
import { fileOf, readStored } from './stored';

/** An original that is held whole. */
export interface OpenedOriginal {
  /** SHA-256 of the stored bytes, hex: taken beside other work. */
  readonly sha256: Promise<string>;
  readonly inflated: Buffer;
  /** Null for Parquet and what is no text. */
  readonly decoded: Decoded | null;
  /** For `placeOf`. */
  readonly marks: number[];
}

/** Most bytes, stored and decompressed, that are kept for the next question. */
const MAX_KEPT = 256 * 1024 ** 2;

/**
 * Opens originals and keeps the last one, since records are mostly looked at next to each other. One that was written since
 * is opened again.
 */
export class OpenedOriginals {
  private kept: { readonly path: string; readonly stamp: string; readonly opened: OpenedOriginal } | null =
    null;

  /** Null when it is away. */
  async open(path: string): Promise<OpenedOriginal | null> {
    const stamp = await stampOf(path);
    if (stamp === null) return null;
    if (this.kept?.path === path && this.kept.stamp === stamp) return this.kept.opened;
    const stored = await readStored(path);
    if (stored === null) return null;
    const sha256 = webcrypto.subtle
      .digest('SHA-256', stored)
      .then((digest) => Buffer.from(digest).toString('hex'));
    const inflated = isCompressed(stored) ? (await inflate(stored)).bytes : stored;
    const opened = { sha256, inflated, decoded: isParquet(inflated) ? null : decode(inflated), marks: [] };
    const isSmall = stored.length + inflated.length <= MAX_KEPT;
    this.kept = isSmall ? { path, stamp, opened } : null;
    return opened;
  }
}

/** Changes when a file is written, even if its times are set back. */
async function stampOf(path: string): Promise<string | null> {
  const file = await fileOf(path);
  if (file === null) return null;
  const { size, mtimeMs, ctimeMs, ino } = await stat(file);
  return [size, mtimeMs, ctimeMs, ino].join(' ');
}
