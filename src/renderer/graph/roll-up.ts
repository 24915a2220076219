import type { GraphData, GraphEdge, GraphNode } from '../../shared/model/graph';
import { severityRank } from '../../shared/model/severity';
import type { DrawnGraph, DrawnNode, GraphEdits } from './model';

/** Fewer alike nodes than this stay apart. */
const SMALLEST_GROUP = 4;

/**
 * Rolls up what the investigator put together, and nodes that say the same: one kind and type, linked to exactly the
 * same others. Opened groups stay apart.
 * The group's key names its members, so it is the same group in every rendering of the same data.
 */
export function rollUp(data: GraphData, edits: Pick<GraphEdits, 'opened' | 'groups'>): DrawnGraph {
  const own = edits.groups.flatMap((keys) => ownGroup(data.nodes, keys));
  const taken = new Set(own.flatMap(({ members }) => members));
  const rest = { nodes: data.nodes.filter(({ key }) => !taken.has(key)), edges: data.edges };
  const groups = [...own, ...groupsOf(rest).filter((group) => !edits.opened.has(group.key))];
  const groupOf = new Map(groups.flatMap((group) => group.members.map((key) => [key, group.key] as const)));
  const nodes: DrawnNode[] = data.nodes
    .filter((node) => !groupOf.has(node.key))
    .map((node) => ({ ...node, members: [] }));
  return { nodes: [...nodes, ...groups], edges: joinEdges(data.edges, groupOf) };
}

function groupsOf(data: GraphData): DrawnNode[] {
  const links = new Map<string, string[]>();
  const link = (key: string, other: string, kind: string): void => {
    const list = links.get(key) ?? [];
    list.push(`${other} ${kind}`);
    links.set(key, list);
  };
  for (const edge of data.edges) {
    link(edge.source, edge.target, `>${edge.kind}`);
    link(edge.target, edge.source, `<${edge.kind}`);
  }
  const alike = new Map<string, GraphNode[]>();
  for (const node of data.nodes) {
    const around = links.get(node.key);
    if (around === undefined) continue;
    const signature = JSON.stringify([node.kind, node.type, [...new Set(around)].sort()]);
    alike.set(signature, [...(alike.get(signature) ?? []), node]);
  }
  return [...alike.values()].filter((nodes) => nodes.length >= SMALLEST_GROUP).map(groupNode);
}

/** A group of the investigator's: what is left of it in the picture, if that is more than one node. */
function ownGroup(all: readonly GraphNode[], keys: readonly string[]): DrawnNode[] {
  const wanted = new Set(keys);
  const nodes = all.filter(({ key }) => wanted.has(key));
  if (nodes.length < 2) return [];
  const group = groupNode(nodes);
  const isMixed = new Set(nodes.map(({ kind, type }) => `${kind} ${type}`)).size > 1;
  const look = isMixed ? ({ kind: 'entity', type: 'resource' } as const) : {};
  return [{ ...group, ...look, label: `${nodes.length} grouped: ${nodes[0]?.label ?? ''} …` }];
}

function groupNode(nodes: readonly GraphNode[]): DrawnNode {
  const [first] = nodes;
  const members = nodes.map((node) => node.key).sort();
  const worst = nodes.reduce<GraphNode['severity']>(
    (top, { severity }) =>
      severity !== null && (top === null || severityRank(severity) > severityRank(top)) ? severity : top,
    null,
  );
  return {
    key: `group:${members[0] ?? ''}:${members.length}`,
    kind: first?.kind ?? 'entity',
    type: first?.type ?? 'resource',
    label: `${nodes.length} alike: ${nodes[0]?.label ?? ''} …`,
    severity: worst,
    events: nodes.reduce((sum, node) => sum + node.events, 0),
    members,
  };
}

function joinEdges(edges: readonly GraphEdge[], groupOf: ReadonlyMap<string, string>): GraphEdge[] {
  const joined = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const source = groupOf.get(edge.source) ?? edge.source;
    const target = groupOf.get(edge.target) ?? edge.target;
    const isOwn = source === edge.source && target === edge.target;
    const key = isOwn ? edge.key : JSON.stringify([source, target, edge.kind]);
    const before = joined.get(key);
    joined.set(key, { ...edge, key, source, target, events: edge.events + (before?.events ?? 0) });
  }
  return [...joined.values()];
}
