import type { GraphEdge } from '../../../shared/model/graph';
import type { DrawnNode, Picture } from '../model';
import type { Item } from './item';

/**
 * What is drawn of rolled-up items: those that were opened give way to what is in them. Links between the same two become
 * one. Of more links than `most` the weakest are not drawn, but each node keeps its strongest.
 */
export function cut(
  items: readonly Item[],
  edges: readonly GraphEdge[],
  opened: ReadonlySet<string>,
  most: number,
): Picture {
  const nodes = items.flatMap((item) => shownOf(item, opened));
  const owner = new Map<string, string>();
  for (const { key, members } of nodes)
    if (members.length === 0) owner.set(key, key);
    else for (const member of members) owner.set(member, key);
  return { nodes, owner, ...strongest(joined(edges, owner), most) };
}

function shownOf(item: Item, opened: ReadonlySet<string>): DrawnNode[] {
  return item.children.length > 0 && opened.has(item.node.key)
    ? item.children.flatMap((child) => shownOf(child, opened))
    : [item.node];
}

function joined(edges: readonly GraphEdge[], owner: ReadonlyMap<string, string>): GraphEdge[] {
  const joint = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const source = owner.get(edge.source);
    const target = owner.get(edge.target);
    if (source === undefined || target === undefined || source === target) continue;
    const isOwn = source === edge.source && target === edge.target;
    const key = isOwn ? edge.key : JSON.stringify([source, target, edge.kind]);
    const before = joint.get(key);
    joint.set(key, { ...edge, key, source, target, events: edge.events + (before?.events ?? 0) });
  }
  return [...joint.values()];
}

function strongest(edges: readonly GraphEdge[], most: number): Pick<Picture, 'edges' | 'faint'> {
  if (edges.length <= most) return { edges, faint: [] };
  const sorted = [...edges].sort((a, b) => b.events - a.events || (a.key < b.key ? -1 : 1));
  const linked = new Set<string>();
  const drawn: GraphEdge[] = [];
  const faint: GraphEdge[] = [];
  for (const edge of sorted) {
    const isNeeded = !linked.has(edge.source) || !linked.has(edge.target);
    (isNeeded || drawn.length < most ? drawn : faint).push(edge);
    linked.add(edge.source).add(edge.target);
  }
  return { edges: drawn, faint };
}
