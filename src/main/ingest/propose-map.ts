import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { isObject, type JsonObject } from '../evidence/originals/json-object';
import { members, skipSpace } from '../evidence/originals/json-scan';
import { completeLines } from '../evidence/originals/line-format';
import { plainRecords } from '../evidence/originals/plain-records';
import { readStored } from '../evidence/originals/stored';
import { guessLines } from '../sources/mapped/guess-lines';
import { guessMap, type GuessedMap } from '../sources/mapped/guess';
import { LIMITS } from './file-outcome';
import { inspect } from './inspect';
import { recordsOf } from './mapped-file';
import { ParquetReader } from './parquet-file';

const SAMPLES = 20;
const MAX_DEPTH = 3;
/** Of a larger file its beginning is enough; of Parquet and of archives' members not. */
const WHOLE = 16 * 1024 ** 2;
const BEGINNING = 4 * 1024 ** 2;
const HEAD = 16 * 1024;

/** A source map for a file, to be checked by a person, with the beginning of its text and its first records. */
interface ProposedMap extends GuessedMap {
  readonly head: string;
  readonly samples: readonly JsonObject[];
}

/** The map that a file seems to need. Errors: `path.missing`, `sourceMap.none` when it has no records. */
export async function proposeMap(path: string, name: string): Promise<ProposedMap> {
  const bytes = await beginningOf(path);
  const head = bytes?.toString('utf8', 0, HEAD) ?? '';
  const records = bytes === null ? null : listIn(bytes);
  // Lines of a log may have a comma or a semicolon each, as a table of two columns has.
  const lines = guessLines(completeLines(head).slice(0, SAMPLES));
  const samples =
    bytes === null || records === null
      ? []
      : samplesOf(bytes, lines === null ? { records } : { records, lines });
  if (samples.length === 0) throw new AppError('sourceMap.none', { path });
  const extension = extname(name);
  const base = name
    .toLowerCase()
    .replace(/\..*$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const guessed = guessMap(samples, {
    name: base || 'mapped',
    files: extension === '' ? name : `*${extension}`,
    records: records ?? '',
    lines,
  });
  return { ...guessed, head, samples };
}

/**
 * The text of a file or archive member, or its beginning where it is large; rows as lines of JSON for Parquet. Null for what is
 * no text. Errors: `path.missing`.
 */
export async function beginningOf(path: string): Promise<Buffer | null> {
  const stored = (await partOf(path)) ?? (await readStored(path));
  if (stored === null) throw new AppError('path.missing', { path });
  const content = (await inspect(stored, LIMITS.whole))?.content;
  if (content?.kind === 'text') return content.text.bytes;
  if (content?.kind !== 'parquet') return null;
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-map-'));
  const reader = new ParquetReader(folder);
  try {
    return await reader.rows(content.bytes);
  } finally {
    reader.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The beginning of a large file on disk that is no Parquet; null for any other. */
async function partOf(path: string): Promise<Buffer | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    if (size <= WHOLE) return null;
    const bytes = Buffer.alloc(BEGINNING);
    const { bytesRead } = await file.read(bytes, 0, BEGINNING, 0);
    return bytes.toString('latin1', 0, 4) === 'PAR1' ? null : bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function samplesOf(bytes: Buffer, from: { readonly records: string; readonly lines?: string }): JsonObject[] {
  const out: JsonObject[] = [];
  for (const { value } of recordsOf(bytes, { lines: undefined, ...from })) {
    if (value) out.push(value);
    if (out.length >= SAMPLES) break;
  }
  return out;
}

/** Path to the first list of objects in the first document; empty when that is a list, a record or a table itself. */
function listIn(bytes: Buffer): string {
  const walk = (at: number, path: readonly string[]): string | null => {
    if (path.length > MAX_DEPTH || bytes[at] !== 0x7b) return null;
    const inner = members(bytes, at);
    const list = inner.find(
      (m) => bytes[m.valueStart] === 0x5b && bytes[skipSpace(bytes, m.valueStart + 1)] === 0x7b,
    );
    if (list) return [...path, list.key].join('.');
    for (const m of inner) {
      const found = walk(m.valueStart, [...path, m.key]);
      if (found !== null) return found;
    }
    return null;
  };
  const start = skipSpace(bytes, 0);
  const found = walk(start, []);
  if (found === null) return '';
  // JSON lines whose records happen to have a list are records themselves.
  const [first, second] = [...firstTwo(bytes)];
  return isObject(first) && isObject(second) ? '' : found;
}

function* firstTwo(bytes: Buffer): Generator<JsonObject | null> {
  let n = 0;
  for (const { value } of plainRecords(bytes, '')) {
    yield value;
    n += 1;
    if (n === 2) return;
  }
}
