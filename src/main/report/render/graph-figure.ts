import type { GraphData } from '../../../shared/model/graph';
import { severityRank } from '../../../shared/model/severity';
import { escapePlain } from './escape';
import { pictureLines } from './format';
import { SEVERITY_FILL } from './palette';

/** Columns of the figure from left to right: where from, with what, who, what happened, to what. */
const COLUMNS: readonly {
  readonly title: string;
  readonly types: readonly string[];
  readonly most: number;
}[] = [
  { title: 'Addresses and tools', types: ['address', 'userAgent', 'domain', 'account'], most: 12 },
  { title: 'Credentials', types: ['accessKey'], most: 12 },
  {
    title: 'Principals',
    types: ['user', 'role', 'roleSession', 'federatedUser', 'kubernetesSubject', 'service'],
    most: 14,
  },
  { title: 'Findings', types: ['finding'], most: 24 },
  {
    title: 'Targets',
    types: ['instance', 'bucket', 'function', 'cluster', 'pod', 'image', 'resource'],
    most: 24,
  },
];
// Points of the printed page, so that the size of the text is what it says.
const WIDTH = 494;
const COLUMN = WIDTH / COLUMNS.length;
const BOX = { width: 86, height: 18.5 };
const ROW = 23.5;
const TOP = 18;
const LINE_LENGTH = 24;

interface Node {
  readonly key: string;
  readonly kind: 'entity' | 'finding';
  readonly label: string;
  readonly type: string;
  readonly severity: string | null;
  readonly events: number;
  /** Findings of one title that this one stands for. */
  readonly times: number;
  /** Nodes of the graph, findings of one title counted once, that this one stands for. */
  readonly stands: number;
}
interface Placed extends Node {
  readonly x: number;
  readonly y: number;
}
interface Picture {
  readonly columns: readonly (readonly Node[])[];
  readonly edges: readonly (readonly [string, string])[];
  readonly all: number;
}

/** The graph of an incident as a vector picture: layered, deterministic, the most telling nodes of each layer. */
export function graphFigure(graph: GraphData): string {
  const { columns, edges } = picture(graph);
  const rows = Math.max(1, ...columns.map((c) => c.length));
  const placed = new Map<string, Placed>();
  columns.forEach((column, c) => {
    const top = TOP + ((rows - column.length) * ROW) / 2;
    column.forEach((node, r) =>
      placed.set(node.key, { ...node, x: c * COLUMN + (COLUMN - BOX.width) / 2, y: top + r * ROW }),
    );
  });
  const lines = edges.map(([a, b]) => line(placed.get(a), placed.get(b))).join('');
  const boxes = [...placed.values()].map(box).join('');
  const titles = COLUMNS.map(
    ({ title }, c) =>
      `<text x="${c * COLUMN + (COLUMN - BOX.width) / 2}" y="10" font-size="7" font-weight="600" fill="#42536a">${title}</text>`,
  ).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${TOP + rows * ROW + 2}" role="img" aria-label="Graph of the incident">${titles}${lines}${boxes}</svg>`;
}

/** How many nodes the picture leaves out. */
export function leftOut(graph: GraphData): number {
  const { columns, all } = picture(graph);
  const drawn = columns.flat().reduce((sum, node) => sum + node.stands, 0);
  return all - drawn;
}

function picture(graph: GraphData): Picture {
  const folded = new Map<string, string>();
  const nodes = new Map<string, Node>();
  for (const n of graph.nodes) {
    const key = n.kind === 'finding' ? `finding:${n.label}` : n.key;
    folded.set(n.key, key);
    const known = nodes.get(key);
    const worse =
      known?.severity && n.severity && severityRank(n.severity) < SEVERITY_ORDER.indexOf(known.severity)
        ? known.severity
        : n.severity;
    nodes.set(key, {
      key,
      kind: n.kind,
      label: n.label,
      type: n.type,
      severity: worse,
      events: (known?.events ?? 0) + n.events,
      times: (known?.times ?? 0) + 1,
      stands: 1,
    });
  }
  const edges = new Map<string, [string, string]>();
  for (const { source, target } of graph.edges) {
    const [a, b] = [folded.get(source) ?? source, folded.get(target) ?? target];
    edges.set(`${a}\n${b}`, [a, b]);
  }
  const alike = foldAlike([...nodes.values()], [...edges.values()]);
  return {
    columns: untangle(chosen(alike.nodes, alike.edges), alike.edges),
    edges: alike.edges,
    all: nodes.size,
  };
}

/** Things of one type that the same findings name are drawn as one when there are this many. */
const ALIKE = 3;

function foldAlike(
  nodes: readonly Node[],
  edges: readonly (readonly [string, string])[],
): { nodes: Node[]; edges: (readonly [string, string])[] } {
  const around = new Map<string, string[]>();
  for (const [a, b] of edges) {
    around.set(a, [...(around.get(a) ?? []), b]);
    around.set(b, [...(around.get(b) ?? []), a]);
  }
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const foldable = node.kind === 'entity' && node.type !== 'account';
    const key = foldable ? `${node.type}\n${[...(around.get(node.key) ?? [])].sort().join('\n')}` : node.key;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const merged = new Map<string, string>();
  const out = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length < ALIKE) return group;
    for (const { key } of group) merged.set(key, first.key);
    const events = group.reduce((sum, n) => sum + n.events, 0);
    return [{ ...first, label: `${group.length} alike: ${first.label}`, events, stands: group.length }];
  });
  const distinct = new Map<string, readonly [string, string]>();
  for (const [a, b] of edges) {
    const pair = [merged.get(a) ?? a, merged.get(b) ?? b] as const;
    distinct.set(pair.join('\n'), pair);
  }
  return { nodes: out, edges: [...distinct.values()] };
}

const SEVERITY_ORDER = ['informational', 'low', 'medium', 'high', 'critical'];

/** The severest findings, then of each other layer those that the drawn findings name most. */
function chosen(nodes: readonly Node[], edges: readonly (readonly [string, string])[]): Node[][] {
  const severity = (n: Node) => SEVERITY_ORDER.indexOf(n.severity ?? '');
  const layer = (types: readonly string[]) => nodes.filter((n) => types.includes(n.type));
  const findings = layer(['finding'])
    .sort((a, b) => severity(b) - severity(a) || b.events - a.events || a.key.localeCompare(b.key))
    .slice(0, COLUMNS[3]?.most);
  const drawn = new Set(findings.map((n) => n.key));
  const named = new Map<string, number>();
  for (const [a, b] of edges) {
    if (drawn.has(a)) named.set(b, (named.get(b) ?? 0) + 1);
    if (drawn.has(b)) named.set(a, (named.get(a) ?? 0) + 1);
  }
  const links = (n: Node) => named.get(n.key) ?? 0;
  return COLUMNS.map(({ types, most }) =>
    types.includes('finding')
      ? [...findings]
      : layer(types)
          .filter((n) => links(n) > 0)
          .sort((a, b) => links(b) - links(a) || b.events - a.events || a.key.localeCompare(b.key))
          .slice(0, most),
  );
}

/** Orders each layer by the mean place of its neighbours (barycentre), to cross fewer lines. */
function untangle(columns: Node[][], edges: readonly (readonly [string, string])[]): Node[][] {
  const place = new Map<string, number>();
  const remember = (column: Node[]) =>
    column.forEach((n, i) => place.set(n.key, i / Math.max(1, column.length - 1)));
  columns.forEach(remember);
  const neighbours = new Map<string, string[]>();
  const join = (a: string, b: string) => {
    const known = neighbours.get(a);
    if (known) known.push(b);
    else neighbours.set(a, [b]);
  };
  for (const [a, b] of edges) {
    join(a, b);
    join(b, a);
  }
  const mean = (node: Node): number => {
    const known = (neighbours.get(node.key) ?? []).flatMap((key) => place.get(key) ?? []);
    return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : 0.5;
  };
  for (let pass = 0; pass < 6; pass += 1) {
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
  const same = left.x === right.x;
  const x1 = same ? left.x : left.x + BOX.width;
  const x2 = right.x;
  const y1 = left.y + BOX.height / 2;
  const y2 = right.y + BOX.height / 2;
  const bend = same ? -10 : (x2 - x1) / 2;
  const finding = a.kind === 'finding' ? a : b;
  const stroke = SEVERITY_FILL[finding.severity ?? ''] ?? '#8aa0b8';
  return `<path d="M${x1.toFixed(1)} ${y1.toFixed(1)}C${(x1 + bend).toFixed(1)} ${y1.toFixed(1)} ${(x2 - (same ? 10 : bend)).toFixed(1)} ${y2.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}" fill="none" stroke="${stroke}" stroke-width="0.5" stroke-opacity="0.45"/>`;
}

function box(node: Placed): string {
  const finding = node.kind === 'finding';
  const fill = finding ? (SEVERITY_FILL[node.severity ?? 'informational'] ?? '#76828f') : '#f4f7fa';
  const label = node.times > 1 ? `${node.label} (\u00d7${node.times})` : node.label;
  const lines = pictureLines(label, LINE_LENGTH);
  const first = node.y + (lines.length > 1 ? 7.6 : 11.4);
  const text = lines
    .map(
      (part, i) =>
        `<text x="${(node.x + 4).toFixed(1)}" y="${(first + i * 7).toFixed(1)}" font-size="6" fill="${finding ? '#fff' : '#1b2430'}">${escapePlain(part)}</text>`,
    )
    .join('');
  return `<g><rect x="${node.x.toFixed(1)}" y="${node.y.toFixed(1)}" width="${BOX.width}" height="${BOX.height}" rx="${finding ? 2 : 6}" fill="${fill}" stroke="${finding ? fill : '#8aa0b8'}" stroke-width="0.6"/>${text}</g>`;
}
