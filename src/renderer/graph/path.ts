import type { DrawnGraph } from './model';

/** Keys of the nodes of a shortest way between two nodes, both included; null when there is none. Links go both ways. */
export function shortestPath(graph: DrawnGraph, from: string, to: string): string[] | null {
  const around = new Map<string, string[]>(graph.nodes.map(({ key }) => [key, []]));
  for (const { source, target } of graph.edges) {
    around.get(source)?.push(target);
    around.get(target)?.push(source);
  }
  const cameFrom = new Map<string, string | null>([[from, null]]);
  let edge = [from];
  while (edge.length > 0 && !cameFrom.has(to)) {
    const next: string[] = [];
    for (const key of edge)
      for (const other of around.get(key) ?? []) {
        if (cameFrom.has(other)) continue;
        cameFrom.set(other, key);
        next.push(other);
      }
    edge = next;
  }
  if (!cameFrom.has(to)) return null;
  const path: string[] = [];
  for (let key: string | null = to; key !== null; key = cameFrom.get(key) ?? null) path.unshift(key);
  return path;
}
