import type { Table } from '../../../shared/contract/words';
import { rowsOf } from '../../api/paged.svelte';

/** A line of the coverage map: one account, Region and source, with its records for each day. */
interface CoverageLine {
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly counts: readonly number[];
  readonly total: number;
}
interface CoverageMap {
  /** Every day from the first to the last with records, without holes: a missing day must show. */
  readonly days: readonly string[];
  readonly lines: readonly CoverageLine[];
}

const DAY = 86_400_000;

/** The coverage table as a map of days. */
export function coverageMap(table: Table): CoverageMap {
  const rows = rowsOf(table).map((row) => ({
    key: JSON.stringify([row['account_id'] ?? '', row['aws_region'] ?? '', row['source']]),
    day: String(row['day']).slice(0, 10),
    records: Number(row['records']),
  }));
  const known = [...new Set(rows.map((row) => row.day))].sort();
  const days = range(known[0], known.at(-1));
  const index = new Map(days.map((day, i) => [day, i]));
  const lines = new Map<string, number[]>();
  for (const { key, day, records } of rows) {
    const counts = lines.get(key) ?? new Array<number>(days.length).fill(0);
    const at = index.get(day);
    if (at !== undefined) counts[at] = (counts[at] ?? 0) + records;
    lines.set(key, counts);
  }
  return {
    days,
    lines: [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, counts]) => line(key, counts)),
  };
}

function line(key: string, counts: readonly number[]): CoverageLine {
  const [account = '', region = '', source = ''] = JSON.parse(key) as string[];
  return { account, region, source, counts, total: counts.reduce((sum, count) => sum + count, 0) };
}

function range(first: string | undefined, last: string | undefined): string[] {
  if (first === undefined || last === undefined) return [];
  const start = Date.parse(first);
  const length = Math.round((Date.parse(last) - start) / DAY) + 1;
  return Array.from({ length }, (_, i) => new Date(start + i * DAY).toISOString().slice(0, 10));
}

/** Runs of one or more days without a record between the line's first and last day with some. */
export function gapsOf(counts: readonly number[], days: readonly string[]): { from: string; to: string }[] {
  const filled = counts.flatMap((count, i) => (count > 0 ? [i] : []));
  return filled.flatMap((at, i) => {
    const next = filled[i + 1];
    if (next === undefined || next === at + 1) return [];
    return [{ from: days[at + 1] ?? '', to: days[next - 1] ?? '' }];
  });
}
