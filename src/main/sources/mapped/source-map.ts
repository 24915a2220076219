import * as v from 'valibot';
import { isMap, isScalar, parseDocument, type Document } from 'yaml';
import { AppError } from '../../../shared/errors/app-error';

/** Columns of `mapped_events` that a map fills, each by the path of a field. */
export const MAPPED_COLUMNS = [
  'actor',
  'action',
  'source_ip',
  'target',
  'outcome',
  'account_id',
  'aws_region',
] as const;
export type MappedColumn = (typeof MAPPED_COLUMNS)[number];

const Path = v.pipe(v.string(), v.nonEmpty('a path is not empty'));
/** A regular expression whose named groups are the fields of a line. */
const Lines = v.pipe(
  v.string(),
  v.check(isPattern, 'not a regular expression with named groups, as (?<user>\\S+)'),
);
const Fields = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a name is of a-z, 0-9 and hyphens')),
  files: v.pipe(v.string(), v.nonEmpty('name files, e.g. "*.csv"')),
  records: v.optional(v.string(), ''),
  lines: v.optional(Lines),
  time: v.strictObject({
    field: Path,
    format: v.optional(v.pipe(v.string(), v.regex(/^[^'\n]+$/, 'a format has no quotes')), 'iso'),
  }),
  columns: v.strictObject(v.entriesFromList(MAPPED_COLUMNS, v.optional(Path))),
});
const Schema = v.pipe(
  Fields,
  v.check(({ records, lines }) => records === '' || lines === undefined, 'records or lines, not both'),
);

/** How the records of a file that no source reads become rows of `mapped_events`. */
export type SourceMap = v.InferOutput<typeof Schema>;

/**
 * A map from its YAML or JSON. Times are iso, epoch-seconds, -milliseconds or -microseconds, or a pattern of strptime. Paths are names joined by dots; `records` leads to the list in each document, empty for lists,
 * lines of JSON, tables and Parquet. `lines` is for text: a regular expression whose named groups are the fields of a line. Errors: `sourceMap.invalid` with file, line and what is wrong.
 */
export function parseSourceMap(text: string, file: string): SourceMap {
  const document = parseDocument(text, { uniqueKeys: true });
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const [error] = document.errors;
  if (error) throw invalid(file, lineAt(error.pos[0]), error.message.split('\n')[0] ?? '');
  const parsed = v.safeParse(Schema, document.toJS({ maxAliasCount: 10 }));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const keys = (issue.path ?? []).map((item) => String(item.key));
  throw invalid(file, lineAt(offsetOf(document, keys)), `${keys.join('.') || 'the map'}: ${issue.message}`);
}

function invalid(file: string, line: number, detail: string): AppError {
  return new AppError('sourceMap.invalid', { file, line, detail });
}

/** Where the deepest part of a path stands that is there. */
function offsetOf(document: Document.Parsed, keys: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const key of keys) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (!pair) break;
    const at = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
    offset = at ?? offset;
    node = pair.value;
  }
  return offset;
}

function isPattern(text: string): boolean {
  try {
    return /\(\?<[A-Za-z_]/.test(text) && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Whether a map is for a file: `*` stands for anything; the whole path or its last parts must fit. */
export function isFor(map: SourceMap, path: string): boolean {
  const pattern = map.files
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`(?:^|[/\\\\!])${pattern}$`, 'is').test(path);
}
