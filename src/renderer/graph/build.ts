import type { GraphData } from '../../shared/model/graph';
import { mergeGraphs } from './merge';
import type { DrawnGraph, GraphEdits } from './model';
import { rollUp } from './roll-up';

/** What to draw of the data after the investigator's edits. Edges without both ends are left out. */
export function buildGraph(data: GraphData, edits: GraphEdits): DrawnGraph {
  const whole = mergeGraphs(data, edits.added);
  const nodes = whole.nodes.filter((node) => !edits.hidden.has(node.key));
  const keys = new Set(nodes.map((node) => node.key));
  const edges = whole.edges.filter(
    (edge) => edge.source !== edge.target && keys.has(edge.source) && keys.has(edge.target),
  );
  return rollUp({ nodes, edges }, edits);
}
