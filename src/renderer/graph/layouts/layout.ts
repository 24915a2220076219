import type { DrawnGraph } from '../model';
import { layered } from './layered';
import type { Point } from './point';

export type LayoutName = 'force' | 'flow' | 'circle' | 'radial' | 'grid' | 'time';

export const LAYOUTS: readonly { readonly id: LayoutName; readonly title: string }[] = [
  { id: 'force', title: 'Force' },
  { id: 'flow', title: 'Flow' },
  { id: 'circle', title: 'Circle' },
  { id: 'radial', title: 'Radial' },
  { id: 'grid', title: 'Grid' },
  { id: 'time', title: 'Time' },
];

export type { Point };
type Positions = ReadonlyMap<string, Point>;

/** Moments of nodes in milliseconds; nodes without one have none. */
export type NodeTimes = ReadonlyMap<string, number>;

/** Places a graph at once; the force-directed layout starts from the circle and is refined by its worker. */
export function place(
  name: LayoutName,
  graph: DrawnGraph,
  centre: string | null,
  times: NodeTimes = new Map(),
): Positions {
  if (name === 'time') return inTime(graph, times);
  if (name === 'flow') return layered(graph, ordered(graph));
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

const LANE = 90;
const SHORTEST_STEP = 26;
const LONGEST_STEP = 130;

/**
 * From left to right by first appearance, one lane for each type, findings in the lowest. Steps grow with the logarithm
 * of the time between, so that a quiet night does not squeeze a busy minute; what has no moment stands on the left.
 */
function inTime(graph: DrawnGraph, times: NodeTimes): Positions {
  const nodes = graph.nodes
    .map((node) => ({ node, at: firstMoment(node, times) }))
    .map((one) => ({ ...one, at: one.at === Infinity ? -Infinity : one.at }))
    .sort((a, b) => a.at - b.at || (a.node.key < b.node.key ? -1 : 1));
  const laneOf = new Map(graph.nodes.map(({ key, kind, type }) => [key, kind === 'finding' ? kind : type]));
  const lanes = [...new Set(ordered(graph).map((key) => laneOf.get(key) ?? ''))];
  const free = new Map<string, number>();
  const positions = new Map<string, Point>();
  let x = 0;
  let before = nodes[0]?.at ?? 0;
  for (const { node, at } of nodes) {
    if (at > before) x += stepFor(at - before);
    before = at;
    const lane = laneOf.get(node.key) ?? '';
    // Two of a lane at one moment stand beside each other, never on each other.
    const own = Math.max(x, (free.get(lane) ?? -Infinity) + SHORTEST_STEP * 1.6);
    free.set(lane, own);
    const stagger = positions.size % 2 === 0 ? 0 : LANE / 4;
    positions.set(node.key, { x: own, y: lanes.indexOf(lane) * LANE + stagger });
  }
  return positions;
}

/** The first moment of a node or of what is rolled up in it; Infinity when there is none. */
export function firstMoment(
  { key, members }: { readonly key: string; readonly members: readonly string[] },
  times: NodeTimes,
): number {
  return members.reduce(
    (first, member) => Math.min(first, times.get(member) ?? Infinity),
    times.get(key) ?? Infinity,
  );
}

function stepFor(milliseconds: number): number {
  if (!Number.isFinite(milliseconds)) return LONGEST_STEP;
  return Math.min(LONGEST_STEP, SHORTEST_STEP + 12 * Math.log10(1 + milliseconds / 1000));
}

/** Stretches a picture sideways towards the shape of its canvas, at most so far that distances still tell something. */
export function stretched(positions: Positions, shape: number): Positions {
  const all = [...positions.values()];
  const span = (values: readonly number[]): number =>
    values.reduce((most, value) => Math.max(most, value), -Infinity) -
    values.reduce((least, value) => Math.min(least, value), Infinity);
  if (all.length < 3) return positions;
  const own = span(all.map(({ x }) => x)) / Math.max(1e-9, span(all.map(({ y }) => y)));
  const factor = Math.max(1, Math.min(2.4, shape / Math.max(1e-9, own)));
  return new Map([...positions].map(([key, { x, y }]) => [key, { x: x * factor, y }]));
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
