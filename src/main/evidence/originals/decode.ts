import { isUtf8 } from 'node:buffer';
import { isObject } from './json-object';

/** A text as UTF-8 without mark. */
export interface Decoded {
  readonly bytes: Buffer;
  /** Added to a place in `bytes` it gives the place in the original; null when the bytes are not the original's own. */
  readonly shift: number | null;
  /** Set when bytes had to be replaced to make it a text. */
  readonly repaired: boolean;
}

const SAMPLE = 4096;
const MAX_ODD_SHARE = 0.1;
/** Bytes other than zero that a text among zeros has at least. */
const MIN_WRITTEN = 64;

/** Text of UTF-8 or UTF-16, with or without mark; bytes that are neither are replaced. Null when it is no text at all. */
export function decode(bytes: Buffer): Decoded | null {
  const decoded = textOf(bytes);
  return decoded && (answered(decoded) ?? decoded);
}

const ANSWER = /^\s*\{\s*"(?:Content|ReportFormat|GeneratedTime)"/;
const MAX_ANSWER = 64 * 1024 ** 2;

/** The report inside an answer of GetCredentialReport, which is base64; null for any other text. */
function answered({ bytes, repaired }: Decoded): Decoded | null {
  if (!ANSWER.test(bytes.toString('latin1', 0, ANSWER_HEAD)) || bytes.length > MAX_ANSWER) return null;
  try {
    const answer = JSON.parse(bytes.toString('utf8')) as unknown;
    if (!isObject(answer) || answer['ReportFormat'] !== 'text/csv' || typeof answer['Content'] !== 'string')
      return null;
    return { bytes: Buffer.from(answer['Content'], 'base64'), shift: null, repaired };
  } catch {
    return null;
  }
}
const ANSWER_HEAD = 256;

function textOf(bytes: Buffer): Decoded | null {
  const encoding = encodingOf(bytes);
  if (encoding === null) return null;
  const body = bytes.subarray(encoding.mark);
  if (encoding.name === 'utf16le') return fromUtf16(body);
  if (encoding.name === 'utf16be') return fromUtf16(swapped(body));
  if (isUtf8(body)) return { bytes: body, shift: encoding.mark, repaired: false };
  return { bytes: Buffer.from(body.toString('utf8'), 'utf8'), shift: null, repaired: true };
}

interface Encoding {
  readonly name: 'utf8' | 'utf16le' | 'utf16be';
  /** Bytes of the mark before the text. */
  readonly mark: number;
}

/** How a text is written, by its beginning; null when it is no text at all. */
export function encodingOf(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { name: 'utf16le', mark: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { name: 'utf16be', mark: 2 };
  if (looksUtf16(bytes, 1)) return { name: 'utf16le', mark: 0 };
  if (looksUtf16(bytes, 0)) return { name: 'utf16be', mark: 0 };
  if (!isText(bytes.subarray(0, SAMPLE))) return null;
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { name: 'utf8', mark: marked ? 3 : 0 };
}

function fromUtf16(bytes: Buffer): Decoded {
  return { bytes: Buffer.from(bytes.toString('utf16le'), 'utf8'), shift: null, repaired: false };
}

/** UTF-16 with its bytes in the other order; half a character at the end is left out. */
export function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}

/** JSON and log text without mark: the first characters are ASCII, so every second byte is zero. */
function looksUtf16(bytes: Buffer, zeroAt: 0 | 1): boolean {
  if (bytes.length < 4) return false;
  return bytes[zeroAt] === 0 && bytes[zeroAt + 2] === 0 && bytes[1 - zeroAt] !== 0 && bytes[3 - zeroAt] !== 0;
}

/** Whether bytes are text; zeros are not looked at, since a crash leaves them where a file was not yet written. */
function isText(sample: Buffer): boolean {
  let odd = 0;
  let zeros = 0;
  // Counted, not iterated: every small file comes by here.
  for (let i = 0; i < sample.length; i += 1) {
    const byte = sample[i] as number;
    if (byte === 0) zeros += 1;
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b)
      odd += 1;
  }
  const written = sample.length - zeros;
  return written >= Math.min(MIN_WRITTEN, sample.length) && odd <= written * MAX_ODD_SHARE;
}
