import type { GraphData } from '../../shared/model/graph';
import { mergeGraphs } from './merge';
import type { GraphEdits } from './model';

/** The data after the investigator's edits, before anything is rolled up. Edges without both ends are left out. */
export function wholeGraph(
  data: GraphData,
  { added, hidden }: Pick<GraphEdits, 'added' | 'hidden'>,
): GraphData {
  const whole = mergeGraphs(data, added);
  const nodes = whole.nodes.filter((node) => !hidden.has(node.key));
  const keys = new Set(nodes.map((node) => node.key));
  const edges = whole.edges.filter(
    (edge) => edge.source !== edge.target && keys.has(edge.source) && keys.has(edge.target),
  );
  return { nodes, edges };
}
