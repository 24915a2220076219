import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import type { FoundFile } from './discover';

/** A file read once: its hash and its text, or why there is none. */
export interface Preflight {
  readonly sha256: string;
  readonly text: string | null;
  /** Readable, but not whole: what was saved is in `text`. */
  readonly damage: { readonly code: string; readonly detail: string } | null;
  /** Set when the file is no text at all. */
  readonly binary: string | null;
}

const MAX_BYTES = 1024 ** 3;
const MAGIC: readonly (readonly [string, string])[] = [
  ['PAR1', 'Parquet file'],
  ['%PDF', 'PDF document'],
  ['PK\u0003\u0004', 'zip archive, its members are listed on their own'],
  ['\u0089PNG', 'picture'],
  ['GIF8', 'picture'],
  ['\u00ff\u00d8\u00ff', 'picture'],
  ['SQLite', 'SQLite database'],
];

/** Reads a file once: SHA-256 over the stored bytes, decompression with its check sum, decoding. */
export async function preflight(found: FoundFile): Promise<Preflight> {
  const stored = await readFile(found.readFrom);
  const sha256 = createHash('sha256').update(stored).digest('hex');
  const gzip = stored[0] === 0x1f && stored[1] === 0x8b;
  const { bytes, damage } = gzip ? inflate(stored) : { bytes: stored, damage: null };
  const head = bytes.subarray(0, 8).toString('latin1');
  const magic = MAGIC.find(([m]) => head.startsWith(m));
  if (magic) return { sha256, text: null, damage, binary: magic[1] };
  const text = decode(bytes);
  const binary = text === null ? 'binary data' : null;
  return { sha256, text, damage, binary };
}

function inflate(stored: Buffer): { bytes: Buffer; damage: Preflight['damage'] } {
  try {
    return { bytes: gunzipSync(stored, { maxOutputLength: MAX_BYTES }), damage: null };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const detail = error instanceof Error ? error.message : String(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') return { bytes: Buffer.alloc(0), damage: { code: 'gzip.tooLarge', detail } };
    try {
      const bytes = gunzipSync(stored, { maxOutputLength: MAX_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
      return { bytes, damage: { code: 'gzip.truncated', detail } };
    } catch {
      return { bytes: Buffer.alloc(0), damage: { code: 'gzip.damaged', detail } };
    }
  }
}

/** Text of UTF-8 (with or without mark) or UTF-16; null when it is neither. */
function decode(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2, bytes.length & ~1)).swap16().toString('utf16le');
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const sample = bytes.subarray(start, start + 4096);
  const zeros = sample.reduce((sum, b) => sum + (b === 0 ? 1 : 0), 0);
  if (zeros > sample.length / 10) return null;
  return bytes.subarray(start).toString('utf8');
}
