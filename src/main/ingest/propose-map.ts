import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { isObject, type JsonObject } from '../evidence/originals/json-object';
import { members, skipSpace } from '../evidence/originals/json-scan';
import { plainRecords } from '../evidence/originals/plain-records';
import { guessMap } from '../sources/mapped/guess';
import { inspect } from './inspect';
import { ParquetReader } from './parquet-file';
import { readWhole } from './read-whole';

const SAMPLES = 20;
const MAX_DEPTH = 3;

/** A source map for a file, as YAML to be checked by a person. Errors: `path.missing`, `sourceMap.none` when it has no records. */
export async function proposeMap(path: string, name: string): Promise<string> {
  const stored = await readWhole(path).catch(() => {
    throw new AppError('path.missing', { path });
  });
  const bytes = await textOf(stored);
  const records = bytes === null ? null : listIn(bytes);
  const samples = bytes === null || records === null ? [] : samplesOf(bytes, records);
  if (samples.length === 0) throw new AppError('sourceMap.none', { path });
  const extension = extname(name);
  const base = name
    .toLowerCase()
    .replace(/\..*$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return guessMap(samples, {
    name: base || 'mapped',
    files: extension === '' ? name : `*${extension}`,
    records: records ?? '',
  });
}

async function textOf(stored: Buffer): Promise<Buffer | null> {
  const { content } = await inspect(stored);
  if (content.kind === 'text') return content.text.bytes;
  if (content.kind !== 'parquet') return null;
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-map-'));
  const reader = new ParquetReader(folder);
  try {
    return await reader.rows(content.bytes);
  } finally {
    reader.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function samplesOf(bytes: Buffer, records: string): JsonObject[] {
  const out: JsonObject[] = [];
  for (const { value } of plainRecords(bytes, records)) {
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
