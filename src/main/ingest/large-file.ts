import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fileChunks, unpacked } from '../evidence/originals/chunks';
import { isTar } from '../evidence/originals/tar';
import { TextWindows, type Window } from '../evidence/originals/windows';
import { isZip } from '../evidence/originals/zip';
import { isParquet } from '../evidence/originals/parquet';
import { isFor } from '../sources/mapped/source-map';
import type { FoundFile } from './discover';
import type { ContentReader } from './file-content';
import { finish, NOTHING, unreadable, type Outcome, type Reader } from './file-outcome';
import { NAMELESS, NO_FORMAT } from './flow-formats';
import { HashedChunks, UnreadableError } from './hashed-chunks';
import { binaryKind } from './inspect';
import { fileProblem } from './problem';
import { LargeAccount } from './large-account';
import { LogReader } from './line-file';
import { pathOrigin } from './path-origin';
import { PieceReader } from './piece-reader';
import { sniff } from './sniff';

/** Most bytes of what cannot be read in windows. */
export const MAX_HELD = 1536 * 1024 ** 2;
const TOO_LARGE = `a map reads texts of up to ${MAX_HELD} bytes`;

type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>;

/**
 * Reads a file with more text than is held at once: window by window, hashed in the same read. Its records may fill several
 * batches, which all count when the file is done. Where reading breaks off, what came before is in, and an issue says so.
 */
export async function readLarge(reader: Reader, found: FoundFile, stored: Chunks): Promise<Outcome> {
  // What the case holds by this path is hashed before it is read again.
  if (!reader.hasPath(found.path)) return readOnce(reader, found, stored);
  const held = found.depth > 0 ? reader.temporary('member') : null;
  try {
    if (held === null) await closed(stored);
    else await pipeline(stored, createWriteStream(held, { mode: 0o600 }));
    const again = () => (held === null ? found.chunks() : fileChunks(held));
    const hashed = new HashedChunks(again());
    await hashed.drain();
    if (reader.isKnown(found.path, hashed.digest()) && !reader.isUnread(found.path, hashed.digest()))
      return NOTHING;
    return await readOnce(reader, found, again());
  } finally {
    if (held !== null) await rm(held, { force: true });
  }
}

async function closed(chunks: Chunks): Promise<void> {
  if (Symbol.asyncIterator in chunks) await chunks[Symbol.asyncIterator]().return?.(undefined);
}

async function readOnce(reader: Reader, found: FoundFile, stored: Chunks): Promise<Outcome> {
  const source = new HashedChunks(stored);
  try {
    return await readText(reader, found, source);
  } catch (error) {
    if (error instanceof UnreadableError) return finish(reader, unreadable(found, error.message));
    throw error;
  } finally {
    await source.close();
  }
}

async function readText(reader: Reader, found: FoundFile, source: HashedChunks): Promise<Outcome> {
  const account = new LargeAccount(reader, found, source);
  const { chunks, layers } = await unpacked(source, ({ code, detail }) =>
    account.add([fileProblem(code, detail)]),
  );
  const text = new HashedChunks(chunks);
  if (layers > 0) account.content = text;
  const { windows, head } = await TextWindows.open(text, reader.limits.windows);
  const other = notText(head);
  if (other || !windows) return account.finish(other ?? UNKNOWN);
  const first = await windows.next(0);
  if (!first) return account.finish(UNKNOWN);
  const make = contentOf(reader, found, first);
  if (make === 'later') return NOTHING;
  if (typeof make !== 'function') return account.finish(make);
  await reader.alone();
  const content = make(account.fileId());
  let window: Window | null = first;
  while (window) {
    account.checkpoint(window, content);
    reader.formats.learnFrom(window.bytes);
    const { loads, problems, taken } = content.read(window);
    account.take(loads, problems);
    await reader.between(source.bytes);
    window = window.isLast ? null : await account.whatIsReadable(windows.next(taken));
  }
  if (windows.repaired) account.add([fileProblem('text.notUtf8', 'bytes that are no UTF-8 were replaced')]);
  return account.end(content.end());
}

/** Whether one of the case's maps is for a file. */
export function isMapped(reader: Reader, { path }: FoundFile): boolean {
  return reader.maps().some((map) => isFor(map, path));
}

interface Verdict {
  readonly state: 'not-evidence' | 'context' | 'issue';
  readonly what: string;
  /** Code of the issue, when it is one. */
  readonly code?: string;
  readonly detail?: string;
}

const UNKNOWN: Verdict = { state: 'not-evidence', what: 'binary data of an unknown kind' };

/** What bytes that are no text are; null for text. */
function notText(head: Buffer): Verdict | null {
  const packed = isZip(head) || isTar(head) ? 'an archive' : isParquet(head) ? 'a Parquet file' : null;
  const what = `${packed ?? ''} in a compressed file, too large to be unpacked there`;
  if (packed) return { state: 'issue', what, code: 'archive.refused' };
  const binary = binaryKind(head);
  return binary && { state: binary.state, what: binary.what, code: 'source.unsupported' };
}

/** How a text is read, by its first window: what makes its reader, `later` when it is put off, or what it is instead. */
function contentOf(
  reader: Reader,
  found: FoundFile,
  { bytes }: Window,
): ((fileId: number) => ContentReader) | 'later' | Verdict {
  const { most } = reader.limits.windows;
  const sniffed = sniff(bytes);
  // What lies in an archive cannot be kept until the others are read.
  const later = () => found.depth === 0 && reader.putOff(found);
  const origin = pathOrigin(found.path);
  switch (sniffed.kind) {
    case 'json':
      return (fileId) => PieceReader.ofJson(fileId, most);
    case 'lines': {
      const { format } = sniffed;
      if (format.source.endsWith('-flow')) reader.formats.learn(format.fields);
      return (fileId) => new LogReader({ fileId, ...origin }, format, most);
    }
    case 'table': {
      const { format } = sniffed;
      return later() ? 'later' : (fileId) => PieceReader.ofTable(fileId, format, most);
    }
    case 'nameless': {
      if (later()) return 'later';
      const format = reader.formats.match(sniffed.head);
      if (!format) return { state: 'issue', what: NAMELESS, code: 'flow.noFormat', detail: NO_FORMAT };
      return (fileId) => new LogReader({ fileId, ...origin }, format, most);
    }
    case 'other':
      if (isMapped(reader, found)) return { state: 'issue', what: TOO_LARGE, code: 'map.tooLarge' };
      return { state: sniffed.state, what: sniffed.what };
  }
}
