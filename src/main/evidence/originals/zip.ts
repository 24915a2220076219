import { isUtf8 } from 'node:buffer';
import yauzl from 'yauzl';
import { MAX_MEMBERS, refusalOf, unlisted, type Member } from './member';

/** Deflate cannot do better than about 1,032:1. */
const MAX_RATIO = 1040;
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

/** Lists a .zip from its directory. Members are read one by one, in any order; close it after use. */
export async function openZip(
  source: string | Buffer,
): Promise<{ readonly members: readonly Member[]; close(): void }> {
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
        chunks: () => streamMember(zip, entry),
      });
      if (members.length > MAX_MEMBERS) throw new Error(`more than ${MAX_MEMBERS} members`);
    }
  } catch (error) {
    if (members.length === 0 || members.length > MAX_MEMBERS) {
      zip.close();
      throw error;
    }
    members.push(unlisted(error instanceof Error ? error.message : String(error)));
  }
  return { members, close: () => zip.close() };
}

function refusal(entry: yauzl.Entry, name: string, total: number): string | null {
  const { uncompressedSize, compressedSize } = entry;
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === LINK) return 'a symbolic link';
  if (entry.isEncrypted()) return 'encrypted';
  const refused = refusalOf(name, total);
  if (refused !== null) return refused;
  if (uncompressedSize > compressedSize * MAX_RATIO + 1024) return 'an implausible compression ratio';
  return null;
}

/** The name by its bytes: names are shown and compared, never opened. */
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
  const chunks: Buffer[] = [];
  for await (const chunk of streamMember(zip, entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* streamMember(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk as Buffer;
}
