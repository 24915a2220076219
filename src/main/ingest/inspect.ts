import { isTar } from '../evidence/originals/tar';
import { isZip } from '../evidence/originals/zip';
import { decode, type Decoded } from '../evidence/originals/decode';
import { inflate, isCompressed } from '../evidence/originals/inflate';
import { isParquet } from '../evidence/originals/parquet';
import { fileProblem, type Problem } from './problem';

/** What the stored bytes of a file are: its text, or why there is none. */
export interface Inspected {
  readonly content:
    | {
        readonly kind: 'text';
        readonly text: Decoded;
        /** The decompressed bytes; null when nothing was compressed. */ readonly inflated: Buffer | null;
      }
    | { readonly kind: 'archive'; readonly bytes: Buffer }
    | { readonly kind: 'parquet'; readonly bytes: Buffer }
    | {
        readonly kind: 'binary';
        readonly what: string;
        readonly state: 'not-evidence' | 'context' | 'issue';
      };
  readonly problems: readonly Problem[];
}

const MAGIC: readonly (readonly [string, string, 'not-evidence' | 'context' | 'issue'])[] = [
  ['BZh', 'bzip2 archive', 'issue'],
  ['\u00fd7zXZ', 'xz archive', 'issue'],
  ['7z\u00bc\u00af', '7-Zip archive', 'issue'],
  ['%PDF', 'PDF document', 'not-evidence'],
  ['\u0089PNG', 'picture', 'not-evidence'],
  ['GIF8', 'picture', 'not-evidence'],
  ['\u00ff\u00d8\u00ff', 'picture', 'not-evidence'],
  ['SQLite format', 'SQLite database', 'not-evidence'],
  ['\u007fELF', 'program', 'not-evidence'],
  ['MZ', 'program', 'not-evidence'],
];
const MMDB_MARK = Buffer.from('\u00ab\u00cd\u00efMaxMind.com', 'latin1');
const MMDB_TAIL = 128 * 1024;

/** Decompression with its check sum, and decoding. Null when it is more than `maxBytes` then. */
export async function inspect(stored: Buffer, maxBytes: number): Promise<Inspected | null> {
  const compressed = isCompressed(stored);
  const { bytes, damage } = compressed ? await inflate(stored, maxBytes) : { bytes: stored, damage: null };
  if (damage?.code.endsWith('.tooLarge')) return null;
  const problems: Problem[] = damage ? [fileProblem(damage.code, damage.detail)] : [];
  if (isZip(bytes) || isTar(bytes)) return { content: { kind: 'archive', bytes }, problems };
  if (isParquet(bytes)) return { content: { kind: 'parquet', bytes }, problems };
  const binary = binaryKind(bytes);
  if (binary) return { content: binary, problems };
  const text = decode(bytes);
  if (!text)
    return {
      content: { kind: 'binary', what: 'binary data of an unknown kind', state: 'not-evidence' },
      problems,
    };
  if (text.repaired) problems.push(fileProblem('text.notUtf8', 'bytes that are no UTF-8 were replaced'));
  return { content: { kind: 'text', text, inflated: compressed ? bytes : null }, problems };
}

/** What bytes that are no text are, of the kinds that can be told; null for any others. */
export function binaryKind(bytes: Buffer): Extract<Inspected['content'], { kind: 'binary' }> | null {
  const head = bytes.toString('latin1', 0, 16);
  const magic = MAGIC.find(([mark]) => head.startsWith(mark));
  if (magic) return { kind: 'binary', what: magic[1], state: magic[2] };
  if (bytes.toString('latin1', bytes.length - 4) === 'PAR1')
    return { kind: 'binary', what: 'end of a Parquet file that lost its beginning', state: 'issue' };
  const isMmdb = bytes.indexOf(MMDB_MARK, Math.max(0, bytes.length - MMDB_TAIL)) >= 0;
  return isMmdb ? { kind: 'binary', what: 'MaxMind database', state: 'context' } : null;
}
