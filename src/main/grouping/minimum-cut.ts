interface WeightedEdge {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
}

/**
 * The side of `from` when the lightest set of undirected edges is cut that keeps `from` and `to` apart (Edmonds and Karp
 * 1972: the edges that shortest augmenting paths fill). Holds `from` alone when it has no edges.
 */
export function minimumCut(edges: readonly WeightedEdge[], from: string, to: string): Set<string> {
  const free = new Map<string, Map<string, number>>();
  const add = (a: string, b: string, weight: number) => {
    const row = free.get(a) ?? new Map<string, number>();
    row.set(b, (row.get(b) ?? 0) + weight);
    free.set(a, row);
  };
  for (const { a, b, weight } of edges) {
    add(a, b, weight);
    add(b, a, weight);
  }
  for (;;) {
    const reached = search(free, from);
    if (!reached.has(to)) return new Set(reached.keys());
    const path = pathTo(reached, to);
    const spare = Math.min(...path.map(([a, b]) => free.get(a)?.get(b) ?? 0));
    for (const [a, b] of path) {
      add(a, b, -spare);
      add(b, a, spare);
    }
  }
}

/** What is reached from `from` over edges with something free, each with where it was reached from. */
function search(free: ReadonlyMap<string, ReadonlyMap<string, number>>, from: string): Map<string, string> {
  const reached = new Map([[from, from]]);
  // A map may grow while it is walked: this is the queue too.
  for (const [node] of reached) {
    for (const [next, weight] of free.get(node) ?? []) {
      if (weight > NOTHING && !reached.has(next)) reached.set(next, node);
    }
  }
  return reached;
}

/** Weights are sums of products: what rounding leaves of one is nothing. */
const NOTHING = 1e-9;

function pathTo(reached: ReadonlyMap<string, string>, to: string): [string, string][] {
  const path: [string, string][] = [];
  for (let node = to, before = reached.get(node); before !== undefined && before !== node;) {
    path.push([before, node]);
    node = before;
    before = reached.get(node);
  }
  return path;
}
