import { GLYPH_FAMILIES } from '../ui/glyphs';
import type { DrawnNode } from './model';
import type { Palette } from './palette';

/** What the pointer and the selection point at, and what the search in the graph found. */
export interface Emphasis {
  readonly hovered: string | null;
  readonly selected: ReadonlySet<string>;
  /** Null when nothing is searched for. */
  readonly found: ReadonlySet<string> | null;
  /** Nodes linked to what is hovered or selected, with it. */
  readonly near: ReadonlySet<string>;
  /** Nodes that layouts leave where they are. */
  readonly pinned: ReadonlySet<string>;
  /** Nodes that are not to be seen at the moment that is played. */
  readonly veiled: ReadonlySet<string>;
}

interface NodeLook {
  readonly color: string;
  readonly size: number;
  readonly forceLabel: boolean;
  readonly isDim: boolean;
  readonly zIndex: number;
}
interface EdgeLook {
  readonly color: string;
  readonly size: number;
  readonly showLabel: boolean;
  readonly isDim: boolean;
}

/** Radius in pixels at the first zoom: by records, damped, so that a busy address does not bury the rest. */
export function nodeSize(node: Pick<DrawnNode, 'kind' | 'events' | 'members'>): number {
  const damped = Math.log10(1 + node.events);
  const base = node.kind === 'finding' ? 8 + Math.min(3, damped) : 9 + Math.min(5, 1.2 * damped);
  return node.members.length > 0 ? base + 3 : base;
}

/** Colour that says what a node is: its severity for findings, its family for entities. */
export function nodeColor(node: Pick<DrawnNode, 'kind' | 'type' | 'severity'>, palette: Palette): string {
  if (node.kind === 'finding') return palette.severity[node.severity ?? 'informational'];
  return palette.family[GLYPH_FAMILIES[node.type] ?? 'other'] ?? palette.muted;
}

/** Whether something is pointed at, so that the rest steps back. */
function isFocused(emphasis: Emphasis): boolean {
  return emphasis.hovered !== null || emphasis.selected.size > 0 || emphasis.found !== null;
}

export function nodeLook(node: DrawnNode, palette: Palette, emphasis: Emphasis): NodeLook {
  const isChosen = emphasis.hovered === node.key || emphasis.selected.has(node.key);
  const isFound = emphasis.found?.has(node.key) === true;
  const isDim = isFocused(emphasis) && !isChosen && !isFound && !emphasis.near.has(node.key);
  return {
    color: isDim ? palette.line : nodeColor(node, palette),
    size: nodeSize(node),
    forceLabel: isChosen || isFound,
    isDim,
    zIndex: isChosen ? 2 : isDim ? 0 : 1,
  };
}

export function edgeLook(
  edge: { readonly source: string; readonly target: string; readonly events: number },
  palette: Palette,
  emphasis: Emphasis,
): EdgeLook {
  const pointed = [emphasis.hovered, ...emphasis.selected];
  const touches = pointed.some((key) => key !== null && (edge.source === key || edge.target === key));
  const isDim = isFocused(emphasis) && !touches;
  return {
    color: touches ? palette.accent : palette.line,
    size: 1 + Math.min(2, 0.5 * Math.log10(1 + edge.events)) + (touches ? 0.6 : 0),
    showLabel: touches,
    isDim,
  };
}

/** Two parts of the second colour on one of the first; both as #rrggbb. */
export function mixed(color: string, other: string): string {
  const channel = (hex: string, i: number): number => Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  const parts = [0, 1, 2].map((i) => Math.round((channel(color, i) + 2 * channel(other, i)) / 3));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
