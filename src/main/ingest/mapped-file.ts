import type { JsonObject } from '../evidence/originals/json-object';
import { isObject } from '../evidence/originals/json-object';
import { patternLines } from '../evidence/originals/pattern-lines';
import { plainRecords, type PlainRecord } from '../evidence/originals/plain-records';
import { sourceOfMap } from '../sources/mapped';
import { MAPPED_COLUMNS, type SourceMap } from '../sources/mapped/source-map';
import type { Source } from '../sources/source';
import type { FileContent } from './file-content';
import { JsonLines } from './json-lines';
import { SAMPLE_LENGTH, type Problem } from './problem';

/** A source a map, so that the records of one map go to one spool. */
const made = new WeakMap<SourceMap, Source>();

/** Takes the records out of a text as a map says; null when it has none. `shift` is null for texts that are no original. */
export function readMapped(
  bytes: Buffer,
  fileId: number,
  shift: number | null,
  map: SourceMap,
): FileContent | null {
  const lines = new JsonLines(fileId);
  const problems: Problem[] = [];
  let number = 0;
  for (const { start, end, value, problem } of recordsOf(bytes, map)) {
    number += 1;
    if (value) {
      const place = shift === null ? [] : [start + shift, end - start];
      lines.add(number - 1, Buffer.from(JSON.stringify({ ...rowOf(value, map), p: place }), 'utf8'));
    } else
      problems.push({
        code: problem?.code ?? 'record.unknown',
        recordNo: number,
        offset: shift === null ? null : start + shift,
        detail: problem?.detail ?? '',
        sample: bytes.toString('utf8', start, Math.min(end, start + SAMPLE_LENGTH)),
      });
  }
  if (lines.records === 0) return null;
  let source = made.get(map);
  if (!source) made.set(map, (source = sourceOfMap(map)));
  const { records, longestLine } = lines;
  return {
    loads: [{ source, fields: [], chunks: lines.end(), records, longestLine }],
    problems,
    verdict: null,
    note: '',
  };
}

/** The records of a text as a map takes them out. */
export function recordsOf(
  bytes: Buffer,
  { records, lines }: Pick<SourceMap, 'records' | 'lines'>,
): Generator<PlainRecord> {
  return lines === undefined ? plainRecords(bytes, records) : patternLines(bytes, lines);
}

/** Time, columns and the rest of a record: {t, c, x}. */
export function rowOf(value: JsonObject, { time, columns }: SourceMap): JsonObject {
  const rest = structuredClone(value) as Record<string, unknown>;
  const takenTime = textOf(take(rest, time.field));
  const c: Record<string, string | null> = {};
  for (const column of MAPPED_COLUMNS) {
    const path = columns[column];
    if (path !== undefined)
      c[column] = textOf(path === time.field ? at(value, path) : (take(rest, path) ?? at(value, path)));
  }
  return { t: takenTime, c, x: rest };
}

/** The value at a path: the key as a whole first, since names of columns may have dots. */
function at(value: JsonObject, path: string): unknown {
  if (Object.hasOwn(value, path)) return value[path];
  let one: unknown = value;
  for (const key of path.split('.')) one = isObject(one) && Object.hasOwn(one, key) ? one[key] : undefined;
  return one;
}

/** The value at a path, taken out. */
function take(value: Record<string, unknown>, path: string): unknown {
  const found = at(value, path);
  if (found === undefined) return undefined;
  const keys = Object.hasOwn(value, path) ? [path] : path.split('.');
  const last = keys.pop() ?? '';
  let holder: unknown = value;
  for (const key of keys) holder = (holder as Record<string, unknown>)[key];
  Reflect.deleteProperty(holder as object, last);
  return found;
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
