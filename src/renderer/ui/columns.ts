import { formatCount } from '../format/count';
import { formatMinute } from '../format/time';
import type { Column } from './DataTable.svelte';

/** A moment of the row, to the minute, under a head that names the zone. */
export function timeColumn<K extends string, Row extends { readonly [name in K]: string | null }>(
  id: K,
  title: string,
): Column<Row> {
  const text = (row: Row): string => formatMinute(row[id]);
  return { id, title, zoned: true, width: '122px', sortable: true, text };
}

/** A number of the row, right-aligned; null shows nothing. `width` is a CSS grid track. */
export function countColumn<K extends string, Row extends { readonly [name in K]: number | null }>(
  id: K,
  title: string,
  width = '72px',
): Column<Row> {
  const text = (row: Row): string => {
    const value = row[id];
    return value === null ? '' : formatCount(value);
  };
  return { id, title, width, figure: true, sortable: true, text };
}
