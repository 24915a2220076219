import { isUtf8 } from 'node:buffer';
import yauzl from 'yauzl';

/** One file inside an archive. */
interface Member {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Why it is not unpacked, or null. */
  readonly refused: string | null;
  /** Its bytes; fails when the archive is damaged or the member is larger than it says. */
  read(): Promise<Buffer>;
}

export interface Archive {
  readonly members: readonly Member[];
  close(): void;
}

const MAX_MEMBERS = 2_000_000;
/** Most bytes of one member: it is held in memory. */
const MAX_MEMBER_BYTES = 1536 * 1024 ** 2;
const MAX_TOTAL_BYTES = 1024 ** 4;
/** Deflate cannot do better than about 1,032:1. */
const MAX_RATIO = 1040;
const MAX_NAME = 4096;
const MAX_DEPTH = 64;
const FILE_TYPE = 0o170000;
const LINK = 0o120000;

export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 &&
    bytes[1] === 0x4b &&
    (bytes[2] === 3 || bytes[2] === 5) &&
    (bytes[3] === 4 || bytes[3] === 6)
  );
}

/**
 * Lists a .zip without unpacking it. Nothing is ever written under a member's own name: members are read into memory
 * one by one. A member that breaks a limit (size, ratio, depth, links, encryption) is listed as refused.
 */
export async function openArchive(source: string | Buffer): Promise<Archive> {
  const zip = await open(source);
  const members: Member[] = [];
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (name.endsWith('/')) continue;
      total += entry.uncompressedSize;
      members.push({
        name,
        bytes: entry.uncompressedSize,
        modifiedMs: entry.getLastModDate().getTime(),
        refused: refusal(entry, name, total),
        read: () => readMember(zip, entry),
      });
      if (members.length > MAX_MEMBERS) throw new Error(`more than ${MAX_MEMBERS} members`);
    }
  } catch (error) {
    if (members.length === 0 || members.length > MAX_MEMBERS) {
      zip.close();
      throw error;
    }
    const detail = error instanceof Error ? error.message : String(error);
    members.push({
      name: '(rest of the archive)',
      bytes: 0,
      modifiedMs: 0,
      refused: detail,
      read: () => Promise.reject(new Error(detail)),
    });
  }
  return { members, close: () => zip.close() };
}

function refusal(entry: yauzl.Entry, name: string, total: number): string | null {
  const { uncompressedSize, compressedSize } = entry;
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === LINK) return 'a symbolic link';
  if (entry.isEncrypted()) return 'encrypted';
  if (name.length > MAX_NAME || name.split('/').length > MAX_DEPTH)
    return 'a name that is too long or too deep';
  if (uncompressedSize > MAX_MEMBER_BYTES) return `more than ${MAX_MEMBER_BYTES} bytes`;
  if (total > MAX_TOTAL_BYTES) return `the archive unpacks to more than ${MAX_TOTAL_BYTES} bytes`;
  if (uncompressedSize > compressedSize * MAX_RATIO + 1024) return 'an implausible compression ratio';
  return null;
}

/** The name by its bytes: names are shown and compared, never opened, so even `../x` is only a name. */
function nameOf({ fileNameRaw }: yauzl.Entry): string {
  return fileNameRaw.toString(isUtf8(fileNameRaw) ? 'utf8' : 'latin1');
}

const OPTIONS = {
  lazyEntries: true,
  autoClose: false,
  decodeStrings: false,
  validateEntrySizes: true,
} as const;

function open(source: string | Buffer): Promise<yauzl.ZipFile> {
  return typeof source === 'string'
    ? yauzl.openPromise(source, OPTIONS)
    : yauzl.fromBufferPromise(source, OPTIONS);
}

async function readMember(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
