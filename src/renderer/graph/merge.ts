import type { GraphData } from '../../shared/model/graph';

/** Both graphs as one; a node or edge of the same key is taken from the first. */
export function mergeGraphs(first: GraphData, second: GraphData): GraphData {
  const nodes = new Set(first.nodes.map((node) => node.key));
  const pairs = new Set(first.edges.map((edge) => pair(edge.source, edge.target, edge.kind)));
  return {
    nodes: [...first.nodes, ...second.nodes.filter((node) => !nodes.has(node.key))],
    edges: [
      ...first.edges,
      ...second.edges.filter((edge) => !pairs.has(pair(edge.source, edge.target, edge.kind))),
    ],
  };
}

function pair(source: string, target: string, kind: string): string {
  return JSON.stringify([source, target, kind]);
}
