import iterate from 'graphology-layout-forceatlas2/iterate';
import type { Point } from './layout';

/** Floats per node and per edge in the matrices of ForceAtlas2. */
const NODE = 10;
const EDGE = 3;

/** The graph as ForceAtlas2 reads it; arrays so that they can be handed to a worker without a copy. */
export interface ForceMatrices {
  readonly nodes: Float32Array<ArrayBuffer>;
  readonly edges: Float32Array<ArrayBuffer>;
}

interface ForceNode extends Point {
  readonly key: string;
  readonly size: number;
  readonly isPinned: boolean;
}

/** Matrices of a graph; the mass of a node grows with its links. */
export function forceMatrices(
  nodes: readonly ForceNode[],
  edges: readonly { readonly source: string; readonly target: string }[],
): ForceMatrices {
  const index = new Map(nodes.map((node, i) => [node.key, i]));
  const nodeMatrix = new Float32Array(nodes.length * NODE);
  const edgeMatrix = new Float32Array(edges.length * EDGE);
  nodes.forEach((node, i) => {
    nodeMatrix.set([node.x, node.y, 0, 0, 0, 0, 1, 1, node.size, node.isPinned ? 1 : 0], i * NODE);
  });
  edges.forEach((edge, i) => {
    const source = (index.get(edge.source) ?? 0) * NODE;
    const target = (index.get(edge.target) ?? 0) * NODE;
    nodeMatrix[source + 6] = (nodeMatrix[source + 6] ?? 0) + 1;
    nodeMatrix[target + 6] = (nodeMatrix[target + 6] ?? 0) + 1;
    edgeMatrix.set([source, target, 1], i * EDGE);
  });
  return { nodes: nodeMatrix, edges: edgeMatrix };
}

/** Moves the nodes by some iterations, in place. No randomness: the same start gives the same picture. */
export function relax({ nodes, edges }: ForceMatrices, iterations: number): void {
  const count = nodes.length / NODE;
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 12,
    strongGravityMode: false,
    gravity: 1.2,
    slowDown: 1 + Math.log(Math.max(2, count)),
    barnesHutOptimize: count > 800,
    barnesHutTheta: 0.6,
  };
  for (let i = 0; i < iterations; i += 1) iterate(settings, nodes, edges);
}

/** Positions in the order of the nodes: x0, y0, x1, y1 ... */
export function positionsOf(nodes: Float32Array): Float32Array<ArrayBuffer> {
  const positions = new Float32Array((nodes.length / NODE) * 2);
  for (let i = 0; i < nodes.length / NODE; i += 1) {
    positions[2 * i] = nodes[i * NODE] ?? 0;
    positions[2 * i + 1] = nodes[i * NODE + 1] ?? 0;
  }
  return positions;
}

/** Iterations that settle a graph of this size within a few seconds on an office machine. */
export function iterationsFor(nodes: number): number {
  return Math.max(60, Math.min(600, Math.round(90_000 / Math.max(1, nodes))));
}
