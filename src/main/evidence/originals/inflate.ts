import { constants, createInflateRaw, gunzipSync } from 'node:zlib';
import { isZstd, unzstd } from './zstd';

/** What a compressed file gave, and what was wrong with it. */
interface Inflated {
  readonly bytes: Buffer;
  readonly damage: Damage | null;
}
export interface Damage {
  readonly code:
    'gzip.truncated' | 'gzip.checksum' | 'gzip.damaged' | 'gzip.tooLarge' | 'zstd.damaged' | 'zstd.tooLarge';
  readonly detail: string;
}

/** Most bytes that one file may hold after decompression. */
const MAX_INFLATED = 1536 * 1024 ** 2;

/** Check sum and length behind each member. */
const TRAILER = 8;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** Whether `inflate` is for these bytes: gzip or zstd. */
export function isCompressed(bytes: Buffer): boolean {
  return isGzip(bytes) || isZstd(bytes);
}

/**
 * Decompresses a gzip file with its check sum, or a zstd file. Of a damaged one it gives all that can be had before the damage
 * (everything when only the check sum is wrong) and says what is wrong.
 */
export async function inflate(stored: Buffer, maxBytes = MAX_INFLATED): Promise<Inflated> {
  let inflated = await inflateOnce(stored, maxBytes);
  for (let layer = 1; layer < MAX_LAYERS && isCompressed(inflated.bytes); layer += 1) {
    const inner = await inflateOnce(inflated.bytes, maxBytes);
    inflated = { bytes: inner.bytes, damage: inner.damage ?? inflated.damage };
  }
  return inflated;
}

/** Streams compress what CloudWatch Logs delivers compressed. */
const MAX_LAYERS = 3;

async function inflateOnce(stored: Buffer, maxBytes: number): Promise<Inflated> {
  if (isZstd(stored)) return unzstd(stored, maxBytes);
  // The trailer names the size, modulo 4 GiB: what is larger than it may be need not be tried.
  if (stored.length > MIN_TRUSTED && namedSize(stored) > maxBytes) return tooLarge(maxBytes);
  try {
    return {
      bytes: gunzipSync(stored, { maxOutputLength: maxBytes, chunkSize: chunkSize(stored) }),
      damage: null,
    };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(maxBytes);
    const bytes = await salvage(stored, maxBytes);
    if (bytes.length >= maxBytes) return tooLarge(maxBytes);
    return {
      bytes,
      damage: { code: damageCode(code, message), detail: `${message}; ${bytes.length} bytes could be read` },
    };
  }
}

/** What is wrong with a gzip file, by what zlib says. */
export function damageCode(code: string, message: string): Damage['code'] {
  if (code === 'Z_BUF_ERROR') return 'gzip.truncated';
  return /incorrect (data|length) check/.test(message) ? 'gzip.checksum' : 'gzip.damaged';
}

/** Of a damaged file the trailer may be anything: a small one is tried. */
const MIN_TRUSTED = 4 * 1024 ** 2;

function tooLarge(maxBytes: number): Inflated {
  const detail = `more than ${maxBytes} bytes after decompression`;
  return { bytes: Buffer.alloc(0), damage: { code: 'gzip.tooLarge', detail } };
}

function namedSize(stored: Buffer): number {
  return stored.length >= 18 ? stored.readUInt32LE(stored.length - 4) : 0;
}

/** One chunk of the size that the trailer names saves copying, within reason. */
function chunkSize(stored: Buffer): number {
  return Math.min(Math.max(namedSize(stored) + 64, 16 * 1024), 16 * 1024 ** 2);
}

/** Everything that the members of a gzip file give before one breaks; check sums are not looked at. */
async function salvage(stored: Buffer, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let room = maxBytes;
  for (let at = 0; room > 0 && isGzip(stored.subarray(at));) {
    const start = headerLength(stored.subarray(at));
    if (start < 0) break;
    const { bytes, read } = await salvageMember(stored.subarray(at + start), room);
    parts.push(bytes);
    room -= bytes.length;
    at += start + read + TRAILER;
  }
  return Buffer.concat(parts);
}

/** What one deflate stream gives, and the bytes that it took. */
function salvageMember(deflated: Buffer, maxBytes: number): Promise<{ bytes: Buffer; read: number }> {
  return new Promise((done) => {
    const stream = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 16 * 1024 });
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () => done({ bytes: Buffer.concat(chunks), read: stream.bytesWritten });
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) stream.destroy();
    });
    stream.on('end', finish);
    stream.on('error', finish);
    stream.on('close', finish);
    stream.end(deflated);
  });
}

/** Length of the gzip header (RFC 1952), -1 when it does not end. */
export function headerLength(stored: Buffer): number {
  const flags = stored[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (at + 2 <= stored.length ? stored.readUInt16LE(at) : 0);
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const zero = stored.indexOf(0, at);
    if (zero < 0) return -1;
    at = zero + 1;
  }
  if (flags & 2) at += 2;
  return at < stored.length ? at : -1;
}
