import type { GraphData, GraphEdge, GraphNode } from '../../shared/model/graph';

/** A node as drawn: one of the data, or several alike ones rolled up. */
export interface DrawnNode extends GraphNode {
  /** Keys of the nodes it stands for; empty for a node of its own. */
  readonly members: readonly string[];
}

/** What is drawn: nodes and edges after hiding and rolling up. */
export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly GraphEdge[];
}

/** What is drawn, and what of the data stands for what in it. */
export interface Picture extends DrawnGraph {
  /** Links too weak for the budget: counted, listed in the table, not drawn. */
  readonly faint: readonly GraphEdge[];
  /** The drawn node of each node of the data. */
  readonly owner: ReadonlyMap<string, string>;
}

/** Nodes and links. */
export interface Amount {
  readonly nodes: number;
  readonly edges: number;
}

/** How much is drawn. */
export interface Budget {
  /** Up to so many nodes a graph is drawn as it is. */
  readonly whole: Amount;
  /** What a larger one is rolled up to. */
  readonly rolledUp: Amount;
}

/** What the investigator changed in the picture. */
export interface GraphEdits {
  readonly hidden: ReadonlySet<string>;
  /** Rolled-up groups that were opened. */
  readonly opened: ReadonlySet<string>;
  /** Nodes the investigator put together, by their keys. */
  readonly groups: readonly (readonly string[])[];
  /** Neighbours fetched on top of the incident's own graph. */
  readonly added: GraphData;
}

export const NO_EDITS: GraphEdits = {
  hidden: new Set(),
  opened: new Set(),
  groups: [],
  added: { nodes: [], edges: [] },
};
