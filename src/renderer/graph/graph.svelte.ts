import type { GraphData } from '../../shared/model/graph';
import { buildGraph } from './build';
import type { LayoutName, Point } from './layouts/layout';
import { mergeGraphs } from './merge';
import { NO_EDITS, type DrawnGraph, type DrawnNode, type GraphEdits } from './model';

/** What of a picture is kept while its view is away. */
export interface KeptPicture {
  readonly edits: GraphEdits;
  readonly layout: LayoutName;
  readonly pinned: ReadonlySet<string>;
  readonly positions: ReadonlyMap<string, Point>;
}

/** A graph under investigation: its data, what was changed in the picture, what is chosen, and where nodes lie. */
export class GraphState {
  edits = $state.raw<GraphEdits>(NO_EDITS);
  selected = $state.raw<ReadonlySet<string>>(new Set());
  hovered = $state<string | null>(null);
  layout = $state<LayoutName>('force');
  pinned = $state.raw<ReadonlySet<string>>(new Set());
  searchText = $state('');
  areLabelsShown = $state(true);
  /** Grows when the layout shall be computed anew. */
  layoutTurn = $state(0);
  /** Kept outside of reactivity: they change at every frame of a layout. Opening details never loses them. */
  readonly positions: Map<string, Point>;

  #past = $state.raw<readonly GraphEdits[]>([]);
  #future = $state.raw<readonly GraphEdits[]>([]);

  constructor(
    readonly data: () => GraphData,
    kept?: KeptPicture,
  ) {
    this.positions = new Map(kept?.positions);
    if (kept === undefined) return;
    this.edits = kept.edits;
    this.layout = kept.layout;
    this.pinned = kept.pinned;
  }

  /** The picture as it is, for the next time its view opens. */
  keep(): KeptPicture {
    return { edits: this.edits, layout: this.layout, pinned: this.pinned, positions: this.positions };
  }

  readonly drawn: DrawnGraph = $derived.by(() => buildGraph(this.data(), this.edits));
  readonly nodes: ReadonlyMap<string, DrawnNode> = $derived(
    new Map(this.drawn.nodes.map((node) => [node.key, node])),
  );
  readonly canUndo = $derived(this.#past.length > 0);
  readonly canRedo = $derived(this.#future.length > 0);
  readonly hiddenCount = $derived(this.edits.hidden.size);

  /** Nodes whose label or key holds the searched text; null when nothing is searched for. */
  readonly found: ReadonlySet<string> | null = $derived.by(() => {
    const text = this.searchText.trim().toLowerCase();
    if (text === '') return null;
    const hits = this.drawn.nodes.filter((node) =>
      `${node.label} ${node.key} ${node.members.join(' ')}`.toLowerCase().includes(text),
    );
    return new Set(hits.map((node) => node.key));
  });

  select(keys: readonly string[], isAdding = false): void {
    if (!isAdding) this.selected = new Set(keys);
    else {
      const next = new Set(this.selected);
      for (const key of keys) if (!next.delete(key)) next.add(key);
      this.selected = next;
    }
  }

  /** Takes nodes out of the picture; a rolled-up group with all its members. */
  hide(keys: Iterable<string>): void {
    const members = [...keys].flatMap((key) => {
      const inside = this.nodes.get(key)?.members ?? [];
      return inside.length > 0 ? [...inside] : [key];
    });
    if (members.length === 0) return;
    this.#change({ ...this.edits, hidden: new Set([...this.edits.hidden, ...members]) });
    this.selected = new Set();
    this.hovered = null;
  }

  /** Shows the members of a rolled-up group apart. */
  openGroup(key: string): void {
    this.#change({ ...this.edits, opened: new Set([...this.edits.opened, key]) });
  }

  /** Adds neighbours; what was hidden and is among them comes back. */
  add(data: GraphData): void {
    const back = new Set(data.nodes.map((node) => node.key));
    this.#change({
      ...this.edits,
      hidden: new Set([...this.edits.hidden].filter((key) => !back.has(key))),
      added: mergeGraphs(this.edits.added, data),
    });
  }

  pin(key: string): void {
    const next = new Set(this.pinned);
    if (!next.delete(key)) next.add(key);
    this.pinned = next;
  }

  setLayout(layout: LayoutName): void {
    this.layout = layout;
    this.layoutTurn += 1;
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#future = [this.edits, ...this.#future];
    this.#past = this.#past.slice(0, -1);
    this.edits = before;
  }

  redo(): void {
    const [next, ...rest] = this.#future;
    if (next === undefined) return;
    this.#past = [...this.#past, this.edits];
    this.#future = rest;
    this.edits = next;
  }

  /** Back to the incident's own picture. */
  reset(): void {
    this.#change(NO_EDITS);
    this.selected = new Set();
    this.pinned = new Set();
    this.searchText = '';
    this.positions.clear();
    this.setLayout('force');
  }

  #change(edits: GraphEdits): void {
    this.#past = [...this.#past, this.edits];
    this.#future = [];
    this.edits = edits;
  }
}
