import type { DrawnGraph } from '../model';

export type LayoutName = 'force' | 'circle' | 'radial' | 'grid';

export const LAYOUTS: readonly { readonly id: LayoutName; readonly title: string }[] = [
  { id: 'force', title: 'Force' },
  { id: 'circle', title: 'Circle' },
  { id: 'radial', title: 'Radial' },
  { id: 'grid', title: 'Grid' },
];

export interface Point {
  readonly x: number;
  readonly y: number;
}
type Positions = ReadonlyMap<string, Point>;

/** Places a graph at once; the force-directed layout starts from the circle and is refined by its worker. */
export function place(name: LayoutName, graph: DrawnGraph, centre: string | null): Positions {
  if (name === 'grid') return grid(graph);
  if (name === 'radial') return radial(graph, centre);
  return circle(graph);
}

/** Nodes of one kind and type side by side. */
function ordered(graph: DrawnGraph): string[] {
  return [...graph.nodes]
    .sort(
      (a, b) =>
        a.kind.localeCompare(b.kind) ||
        a.type.localeCompare(b.type) ||
        b.events - a.events ||
        (a.key < b.key ? -1 : 1),
    )
    .map((node) => node.key);
}

function circle(graph: DrawnGraph): Positions {
  const keys = ordered(graph);
  const radius = Math.max(100, keys.length * 8);
  return new Map(keys.map((key, i) => [key, onCircle(radius, (2 * Math.PI * i) / Math.max(1, keys.length))]));
}

function grid(graph: DrawnGraph): Positions {
  const keys = ordered(graph);
  const columns = Math.ceil(Math.sqrt(keys.length * 1.8));
  return new Map(keys.map((key, i) => [key, { x: (i % columns) * 60, y: -Math.floor(i / columns) * 60 }]));
}

/** Rings by distance from the centre: the given node, else the best connected one. */
function radial(graph: DrawnGraph, centre: string | null): Positions {
  const around = neighbours(graph);
  const degree = (key: string): number => around.get(key)?.length ?? 0;
  const keys = ordered(graph);
  const start =
    centre !== null && around.has(centre)
      ? centre
      : keys.reduce((best, key) => (degree(key) > degree(best) ? key : best), keys[0] ?? '');
  const rings = ringsFrom(start, keys, around);
  const positions = new Map<string, Point>();
  let radius = 0;
  for (const [depth, ring] of rings.entries()) {
    if (depth > 0) radius = Math.max(radius + 110, (ring.length * 46) / (2 * Math.PI));
    const turn = depth * 0.35;
    for (const [i, key] of ring.entries()) {
      positions.set(
        key,
        depth === 0 && ring.length === 1
          ? { x: 0, y: 0 }
          : onCircle(radius, turn + (2 * Math.PI * i) / ring.length),
      );
    }
  }
  return positions;
}

function neighbours(graph: DrawnGraph): Map<string, string[]> {
  const around = new Map<string, string[]>(graph.nodes.map((node) => [node.key, []]));
  for (const edge of graph.edges) {
    around.get(edge.source)?.push(edge.target);
    around.get(edge.target)?.push(edge.source);
  }
  return around;
}

function ringsFrom(
  start: string,
  keys: readonly string[],
  around: ReadonlyMap<string, readonly string[]>,
): string[][] {
  const rings: string[][] = [];
  const seen = new Set<string>();
  let ring = [start];
  while (ring.length > 0) {
    ring.forEach((key) => seen.add(key));
    rings.push(ring);
    ring = [...new Set(ring.flatMap((key) => around.get(key) ?? []))].filter((key) => !seen.has(key));
  }
  const apart = keys.filter((key) => !seen.has(key));
  return apart.length > 0 ? [...rings, apart] : rings;
}

function onCircle(radius: number, angle: number): Point {
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
}
