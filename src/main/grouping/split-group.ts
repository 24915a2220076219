import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import type { Link } from './link-findings';
import type { Linkable } from './linkable';

/** Groups with more findings, or longer ones in hours, are looked at again. */
const MANY = 200;
const LONG_HOURS = 14 * 24;
const RESOLUTION = 0.2;

/**
 * Splits a group that grew too large by its communities (Louvain, seeded). What one hand did on a network new to its
 * credential is never split: an intruder may be slow.
 */
export function splitGroup(
  group: readonly Linkable[],
  links: readonly Link[],
  random: () => number,
): string[][] {
  const hours = group.map((f) => f.hour);
  const span = Math.max(...hours) - Math.min(...hours);
  if (group.length <= MANY && span <= LONG_HOURS) return [group.map((f) => f.id)];
  const graph = new UndirectedGraph<{ community?: number }, { weight: number }>();
  const nodeOf = new Map(
    group.map((f) => [f.id, f.hand?.standing === 'novel' ? `hand ${f.hand.key}` : f.id]),
  );
  for (const node of new Set(nodeOf.values())) graph.addNode(node);
  for (const { a, b, weight } of links) {
    const [from, to] = [nodeOf.get(a), nodeOf.get(b)];
    if (from === undefined || to === undefined || from === to) continue;
    graph.updateUndirectedEdge(from, to, (known) => ({ weight: (known.weight ?? 0) + weight }));
  }
  const community = louvain(graph, { getEdgeWeight: 'weight', resolution: RESOLUTION, rng: random });
  const parts = new Map<number, string[]>();
  for (const { id } of group) {
    const number = community[nodeOf.get(id) ?? id] ?? -1;
    parts.set(number, [...(parts.get(number) ?? []), id]);
  }
  return [...parts.values()];
}
