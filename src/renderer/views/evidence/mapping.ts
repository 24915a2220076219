import type { DraftMap } from '../../../shared/contract/source-maps';

/** Columns of mapped_events with what they mean. */
export const MAPPED = [
  { id: 'actor', title: 'Actor', hint: 'who' },
  { id: 'action', title: 'Action', hint: 'did what' },
  { id: 'source_ip', title: 'Source address', hint: 'from where' },
  { id: 'target', title: 'Target', hint: 'to what' },
  { id: 'outcome', title: 'Outcome', hint: 'with which result' },
  { id: 'account_id', title: 'Account', hint: 'AWS account id' },
  { id: 'aws_region', title: 'Region', hint: 'AWS Region' },
] as const;

/** Ways to write a time that have a name; any other is a pattern of strptime. */
export const TIME_FORMATS = [
  { id: 'iso', title: 'ISO 8601 (2024-05-01T10:00:00Z)' },
  { id: 'epoch-seconds', title: 'seconds since 1970' },
  { id: 'epoch-milliseconds', title: 'milliseconds since 1970' },
  { id: 'epoch-microseconds', title: 'microseconds since 1970' },
] as const;

const UNREADABLE = /^(?:path|archive|gzip|zstd|parquet|flow)\./;

/** Whether a file, or the file of an issue, may become evidence by a map: no source reads it, and it is no archive. */
export function canBeMapped(row: Readonly<Record<string, unknown>>): boolean {
  if (row['source'] !== null || (row['state'] !== 'issue' && row['state'] !== 'not-evidence')) return false;
  return typeof row['code'] !== 'string' || !UNREADABLE.test(row['code']);
}

/** The map with a field for one of its columns, or for none. */
export function withColumn(map: DraftMap, column: string, path: string): DraftMap {
  return { ...map, columns: { ...map.columns, [column]: path } };
}
