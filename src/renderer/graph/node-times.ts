import type { GraphData } from '../../shared/model/graph';
import type { NodeTimes } from './layouts/layout';

/** First moments of all nodes: of findings as given, of entities that of the first finding they are linked to. */
export function nodeTimes(graph: GraphData, findings: NodeTimes): NodeTimes {
  const times = new Map(findings);
  for (const { source, target } of graph.edges)
    for (const [one, other] of [
      [source, target],
      [target, source],
    ] as const) {
      const at = findings.get(one);
      if (at !== undefined && !findings.has(other))
        times.set(other, Math.min(times.get(other) ?? Infinity, at));
    }
  return times;
}
