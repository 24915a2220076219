import type { Severity } from './severity';

/** Node of an incident graph: an entity or a finding. */
export interface GraphNode {
  /** `entity:<type>:<id>` or `finding:<id>`. */
  readonly key: string;
  readonly kind: 'entity' | 'finding';
  readonly type: string;
  readonly label: string;
  readonly severity: Severity | null;
  /** Records behind the node: size and label importance. */
  readonly events: number;
}

export interface GraphEdge {
  readonly key: string;
  readonly source: string;
  readonly target: string;
  /** What it says, e.g. `assumed`, `used from`, `involves`, `acted on`. */
  readonly kind: string;
  readonly events: number;
}

export interface GraphData {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
