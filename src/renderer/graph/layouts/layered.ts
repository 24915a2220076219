import type { DrawnGraph } from '../model';
import type { Point } from './point';

const COLUMN = 150;
const ROW = 44;
/** Passes in which columns are put in order by where their links lead. */
const SWEEPS = 6;

/**
 * From left to right along the links: who acted stands left of what was done, which stands left of what it was done to;
 * a credential that was obtained stands right of the act that gave it out. Links that would lead back are not followed.
 */
export function layered(graph: DrawnGraph, ordered: readonly string[]): ReadonlyMap<string, Point> {
  const column = columnsOf(graph, ordered);
  const columns: string[][] = [];
  for (const key of ordered) (columns[column.get(key) ?? 0] ??= []).push(key);
  const around = new Map<string, string[]>(ordered.map((key) => [key, []]));
  for (const { source, target } of graph.edges) {
    around.get(source)?.push(target);
    around.get(target)?.push(source);
  }
  let rows = rowsOf(columns);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const order = sweep % 2 === 0 ? columns : [...columns].reverse();
    for (const keys of order) {
      const middle = (key: string): number => {
        const others = around.get(key)?.map((other) => rows.get(other) ?? 0) ?? [];
        return others.length === 0
          ? (rows.get(key) ?? 0)
          : others.reduce((sum, row) => sum + row, 0) / others.length;
      };
      const at = new Map(keys.map((key) => [key, middle(key)]));
      keys.sort((a, b) => (at.get(a) ?? 0) - (at.get(b) ?? 0) || (a < b ? -1 : 1));
      rows = rowsOf(columns);
    }
  }
  return new Map(
    ordered.map((key) => [key, { x: (column.get(key) ?? 0) * COLUMN, y: -(rows.get(key) ?? 0) * ROW }]),
  );
}

/** Rows of all columns, each column around the same middle. */
function rowsOf(columns: readonly (readonly string[])[]): Map<string, number> {
  return new Map(columns.flatMap((keys) => keys.map((key, i) => [key, i - (keys.length - 1) / 2] as const)));
}

/** The longest way to each node, in links; a link to a node that is still being followed leads back and does not count. */
function columnsOf(graph: DrawnGraph, ordered: readonly string[]): Map<string, number> {
  const before = new Map<string, string[]>(ordered.map((key) => [key, []]));
  for (const { source, target } of graph.edges) before.get(target)?.push(source);
  const column = new Map<string, number>();
  const open = new Set<string>();
  const columnOf = (key: string): number => {
    const known = column.get(key);
    if (known !== undefined) return known;
    open.add(key);
    const froms = before.get(key)?.filter((from) => !open.has(from)) ?? [];
    const own = froms.reduce((most, from) => Math.max(most, columnOf(from) + 1), 0);
    open.delete(key);
    column.set(key, own);
    return own;
  };
  for (const key of ordered) columnOf(key);
  return column;
}
