import { cellText } from '../../shared/text/cell-text';
import type { RowSource, SortOrder } from './table.svelte';

/** Short lists as a row source, sorted here; long ones are sorted by the engine. */
export function arrayRows<Row>(
  rows: readonly Row[],
  sort: SortOrder | null = null,
  value: (row: Row, column: string) => unknown = (row, column) => (row as Record<string, unknown>)[column],
): RowSource<Row> {
  if (sort === null) return { length: rows.length, at: (i) => rows[i] };
  const direction = sort.descending ? -1 : 1;
  const sorted = [...rows].sort((a, b) => direction * compare(value(a, sort.column), value(b, sort.column)));
  return { length: sorted.length, at: (i) => sorted[i] };
}

/** Made once: localeCompare with options makes one for each pair. */
const collator = new Intl.Collator('en', { numeric: true });

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(cellText(a), cellText(b));
}
