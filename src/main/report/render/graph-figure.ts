import type { GraphData, GraphNode } from '../../../shared/model/graph';
import { escapePlain } from './escape';
import { shortId } from './format';

/** Columns of the figure from left to right: where from, with what, who, what happened, to what. */
const COLUMNS: readonly (readonly string[])[] = [
  ['address', 'userAgent', 'account'],
  ['accessKey'],
  ['user', 'role', 'roleSession', 'federatedUser', 'service'],
  ['finding'],
  ['instance', 'bucket', 'function', 'resource'],
];
const TITLES = ['Addresses and tools', 'Credentials', 'Principals', 'Findings', 'Targets'];
const MAX_PER_COLUMN = 14;
const ROW = 34;
const COLUMN = 230;
const BOX = { width: 196, height: 24 };
const FILL: Readonly<Record<string, string>> = {
  critical: '#7a1230',
  high: '#c2410c',
  medium: '#b7860b',
  low: '#4b7a9c',
  informational: '#76828f',
};

interface Placed {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
}

/** The graph of an incident as a vector picture: layered, deterministic, the busiest nodes of each layer. */
export function graphFigure(graph: GraphData): string {
  const columns = layers(graph);
  const rows = Math.max(1, ...columns.map((c) => c.length));
  const height = 40 + rows * ROW;
  const width = COLUMNS.length * COLUMN;
  const placed = new Map<string, Placed>();
  columns.forEach((column, c) => {
    const top = 34 + ((rows - column.length) * ROW) / 2;
    column.forEach((node, r) => placed.set(node.key, { node, x: c * COLUMN + 17, y: top + r * ROW }));
  });
  const edges = graph.edges.map((edge) => line(placed.get(edge.source), placed.get(edge.target))).join('');
  const boxes = [...placed.values()].map(box).join('');
  const titles = TITLES.map(
    (title, c) => `<text x="${c * COLUMN + 17}" y="18" font-size="11" fill="#56677c">${title}</text>`,
  ).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Graph of the incident" font-family="Inter, Noto Sans, Liberation Sans, DejaVu Sans, sans-serif">${titles}${edges}${boxes}</svg>`;
}

/** How many nodes the picture leaves out. */
export function hiddenNodes(graph: GraphData): number {
  return graph.nodes.length - layers(graph).reduce((sum, column) => sum + column.length, 0);
}

function layers(graph: GraphData): GraphNode[][] {
  const columns = COLUMNS.map((types) =>
    graph.nodes
      .filter((n) => types.includes(n.kind === 'finding' ? 'finding' : n.type))
      .sort((a, b) => b.events - a.events || a.key.localeCompare(b.key))
      .slice(0, MAX_PER_COLUMN),
  );
  return untangle(columns, graph);
}

/** Orders each layer by the mean place of its neighbours in the layer before (barycentre), to cross fewer lines. */
function untangle(columns: GraphNode[][], graph: GraphData): GraphNode[][] {
  const place = new Map<string, number>();
  const remember = (column: GraphNode[]) =>
    column.forEach((n, i) => place.set(n.key, i / Math.max(1, column.length - 1)));
  columns.forEach(remember);
  const neighbours = new Map<string, string[]>();
  for (const { source, target } of graph.edges) {
    neighbours.set(source, [...(neighbours.get(source) ?? []), target]);
    neighbours.set(target, [...(neighbours.get(target) ?? []), source]);
  }
  const mean = (node: GraphNode): number => {
    const known = (neighbours.get(node.key) ?? []).flatMap((key) => place.get(key) ?? []);
    return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : 0.5;
  };
  for (let pass = 0; pass < 4; pass += 1) {
    for (const column of columns) {
      const order = new Map(column.map((n) => [n.key, mean(n)]));
      column.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0) || a.key.localeCompare(b.key));
      remember(column);
    }
  }
  return columns;
}

function line(a: Placed | undefined, b: Placed | undefined): string {
  if (!a || !b || a === b) return '';
  const [left, right] = a.x <= b.x ? [a, b] : [b, a];
  const sameColumn = left.x === right.x;
  const x1 = sameColumn ? left.x : left.x + BOX.width;
  const x2 = right.x;
  const y1 = left.y + BOX.height / 2;
  const y2 = right.y + BOX.height / 2;
  const bend = sameColumn ? -16 : (x2 - x1) / 2;
  return `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - (sameColumn ? 16 : bend)} ${y2} ${x2} ${y2}" fill="none" stroke="#8aa0b8" stroke-width="0.9" stroke-opacity="0.75"/>`;
}

function box({ node, x, y }: Placed): string {
  const finding = node.kind === 'finding';
  const fill = finding ? (FILL[node.severity ?? 'informational'] ?? '#76828f') : '#f4f7fa';
  const label = escapePlain(shortId(node.label, 32));
  return `<g><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="${finding ? 3 : 12}" fill="${fill}" stroke="${finding ? fill : '#42536a'}" stroke-width="0.8"/><text x="${x + 9}" y="${y + 16}" font-size="10" fill="${finding ? '#fff' : '#1b2430'}">${label}</text></g>`;
}
