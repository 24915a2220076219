import type { GraphData } from '../../shared/model/graph';
import { firstMoment, type LayoutName, type NodeTimes, type Point } from './layouts/layout';
import { shortestPath } from './path';
import { mergeGraphs } from './merge';
import { severityRank, type Severity } from '../../shared/model/severity';
import { NO_EDITS, type Budget, type DrawnNode, type GraphEdits, type Picture } from './model';
import { AT_A_GLANCE } from './budget';
import { cut } from './roll-up/cut';
import type { Item } from './roll-up/item';
import { rollUp } from './roll-up/roll-up';
import { wholeGraph } from './whole';

/** What of a picture is kept while its view is away. */
export interface KeptPicture {
  readonly edits: GraphEdits;
  readonly layout: LayoutName;
  readonly pinned: ReadonlySet<string>;
  readonly positions: ReadonlyMap<string, Point>;
  readonly budget: Budget;
}

/** A rectangle on the canvas, in pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A graph under investigation: its data, what was changed in the picture, what is chosen, and where nodes lie. */
export class GraphState {
  edits = $state.raw<GraphEdits>(NO_EDITS);
  selected = $state.raw<ReadonlySet<string>>(new Set());
  hovered = $state<string | null>(null);
  /** Whether dragging over the empty canvas selects instead of moving it. */
  isFraming = $state(false);
  /** The frame that is being drawn, in pixels of the canvas. */
  frame = $state.raw<Frame | null>(null);
  layout = $state<LayoutName>('force');
  pinned = $state.raw<ReadonlySet<string>>(new Set());
  searchText = $state('');
  areLabelsShown = $state(true);
  /** What is played: the moment in milliseconds, and the severity below which findings are not shown; null shows all. */
  played = $state.raw<{ readonly moment: number; readonly leastSeverity: Severity } | null>(null);
  /** Grows when the layout shall be computed anew. */
  layoutTurn = $state(0);
  /** What can be drawn; lowered where frames take too long. */
  budget = $state.raw<Budget>(AT_A_GLANCE);
  /** How far a layout under way is, 0 to 1; null when nodes rest. */
  settling = $state<number | null>(null);
  /** Kept outside of reactivity: they change at every frame of a layout. Opening details never loses them. */
  readonly positions: Map<string, Point>;

  #past = $state.raw<readonly GraphEdits[]>([]);
  #future = $state.raw<readonly GraphEdits[]>([]);

  constructor(
    readonly data: () => GraphData,
    kept?: KeptPicture,
    /** First moments of nodes, for the time layout and the play-back. */
    readonly times: () => NodeTimes = () => new Map(),
  ) {
    this.positions = new Map(kept?.positions);
    if (kept === undefined) return;
    this.edits = kept.edits;
    this.layout = kept.layout;
    this.pinned = kept.pinned;
    this.budget = kept.budget;
  }

  /** The picture as it is, for the next time its view opens. */
  keep(): KeptPicture {
    return {
      edits: this.edits,
      layout: this.layout,
      pinned: this.pinned,
      positions: this.positions,
      budget: this.budget,
    };
  }

  // Each by itself, so that opening a group or adding to the selection computes no likeness anew.
  readonly #hidden = $derived(this.edits.hidden);
  readonly #added = $derived(this.edits.added);
  readonly #groups = $derived(this.edits.groups);
  readonly #opened = $derived(this.edits.opened);
  /** Every node and link that is not hidden, none rolled up: what the table lists. */
  readonly whole: GraphData = $derived.by(() =>
    wholeGraph(this.data(), { hidden: this.#hidden, added: this.#added }),
  );
  readonly #rolledUp = $derived(
    rollUp(
      this.whole,
      { groups: this.#groups, apart: new Set(this.#added.nodes.map(({ key }) => key)) },
      this.budget,
    ),
  );
  readonly drawn: Picture = $derived(
    cut(this.#rolledUp.items, this.whole.edges, this.#opened, this.#rolledUp.mostEdges),
  );
  readonly nodes: ReadonlyMap<string, DrawnNode> = $derived(
    new Map(this.drawn.nodes.map((node) => [node.key, node])),
  );
  /** Every node the picture has, those inside of rolled-up groups and hidden ones too. */
  readonly #known: ReadonlySet<string> = $derived.by(
    () => new Set([...this.data().nodes, ...this.edits.added.nodes].map((node) => node.key)),
  );
  readonly canUndo = $derived(this.#past.length > 0);
  readonly canRedo = $derived(this.#future.length > 0);
  readonly hiddenCount = $derived(this.edits.hidden.size);

  /** Nodes whose label, id or members hold the searched text, best match first; null when nothing is searched for. */
  readonly found: ReadonlySet<string> | null = $derived.by(() => {
    const text = this.searchText.trim().toLowerCase();
    if (text === '') return null;
    const ranked = this.drawn.nodes
      .map((node) => ({ key: node.key, rank: matchRank(node, text) }))
      .filter(({ rank }) => rank < NO_MATCH)
      .sort((a, b) => a.rank - b.rank);
    return new Set(ranked.map(({ key }) => key));
  });

  /** Selects the best match, or the one after the selected match, and returns it. */
  selectNextFound(): string | null {
    const keys = [...(this.found ?? [])];
    const [selected] = this.selected;
    const next = keys[(selected === undefined ? -1 : keys.indexOf(selected)) + 1] ?? keys[0];
    if (next === undefined) return null;
    this.select([next]);
    return next;
  }

  /** What the played moment has not brought yet, and findings that are too light; empty when nothing is played. */
  readonly veiled: ReadonlySet<string> = $derived.by(() => {
    if (this.played === null) return new Set();
    const { moment, leastSeverity } = this.played;
    const times = this.times();
    const at = (node: DrawnNode): number => firstMoment(node, times);
    const isVeiled = (node: DrawnNode): boolean =>
      at(node) > moment ||
      (node.kind === 'finding' &&
        severityRank(node.severity ?? 'informational') < severityRank(leastSeverity));
    return new Set(this.drawn.nodes.filter(isVeiled).map(({ key }) => key));
  });

  /** Selects the nodes of a shortest way between the two selected ones; false when there is none. */
  selectPath(): boolean {
    const [from, to] = this.selected;
    const path = from === undefined || to === undefined ? null : shortestPath(this.drawn, from, to);
    if (path === null) return false;
    this.select(path);
    return true;
  }

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
    const members = this.#membersOf(keys);
    if (members.length === 0) return;
    this.#change({ ...this.edits, hidden: new Set([...this.edits.hidden, ...members]) });
    this.selected = new Set();
    this.hovered = null;
  }

  /** Puts nodes together into one; groups among them dissolve into it. */
  group(keys: Iterable<string>): void {
    const members = this.#membersOf(keys);
    if (members.length < 2) return;
    const inside = new Set(members);
    const others = this.edits.groups.filter((group) => !group.some((key) => inside.has(key)));
    this.#change({ ...this.edits, groups: [...others, members] });
    const made = this.drawn.nodes.find((node) => node.members.includes(members[0] ?? ''));
    this.select(made === undefined ? [] : [made.key]);
  }

  /** Shows the members of a group apart. */
  openGroup(key: string): void {
    const inside = new Set(this.nodes.get(key)?.members);
    const groups = this.edits.groups.filter((group) => !group.some((member) => inside.has(member)));
    if (groups.length < this.edits.groups.length) {
      this.#change({ ...this.edits, groups });
      return;
    }
    this.#change({ ...this.edits, opened: new Set([...this.edits.opened, key]) });
  }

  /** Opens whatever a node of the data is rolled up in, and selects it. */
  reveal(key: string): void {
    const opened = new Set<string>();
    const groups = this.edits.groups.filter((group) => !group.includes(key));
    const within = (items: readonly Item[]): void => {
      for (const { node, children } of items)
        if (children.length > 0 && node.members.includes(key)) {
          opened.add(node.key);
          within(children);
        }
    };
    within(this.#rolledUp.items);
    if ([...opened].some((group) => this.nodes.has(group)))
      this.#change({ ...this.edits, groups, opened: new Set([...this.edits.opened, ...opened]) });
    this.select([key]);
  }

  /** Adds neighbours; what was hidden and is among them comes back. False when all of them are in the picture. */
  add(data: GraphData): boolean {
    const isNew = data.nodes.some(({ key }) => !this.#known.has(key) || this.edits.hidden.has(key));
    if (!isNew) return false;
    const back = new Set(data.nodes.map((node) => node.key));
    this.#change({
      ...this.edits,
      hidden: new Set([...this.edits.hidden].filter((key) => !back.has(key))),
      added: mergeGraphs(this.edits.added, data),
    });
    return true;
  }

  /** Pins nodes where they are, or lets them go when all of them are pinned. */
  pin(keys: Iterable<string>): void {
    const all = [...keys];
    const next = new Set(this.pinned);
    const isUndone = all.every((key) => next.has(key));
    for (const key of all) {
      if (isUndone) next.delete(key);
      else next.add(key);
    }
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
    this.#take(before);
  }

  redo(): void {
    const [next, ...rest] = this.#future;
    if (next === undefined) return;
    this.#past = [...this.#past, this.edits];
    this.#future = rest;
    this.#take(next);
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

  /** Takes up other edits; what is no longer drawn is no longer selected. */
  #take(edits: GraphEdits): void {
    this.edits = edits;
    this.select([...this.selected].filter((key) => this.nodes.has(key)));
  }

  /** The keys of the data behind drawn nodes. */
  #membersOf(keys: Iterable<string>): string[] {
    return [...keys].flatMap((key) => {
      const inside = this.nodes.get(key)?.members ?? [];
      return inside.length > 0 ? [...inside] : [key];
    });
  }

  #change(edits: GraphEdits): void {
    this.#past = [...this.#past, this.edits];
    this.#future = [];
    this.edits = edits;
  }
}

const NO_MATCH = 4;

/** A label that is the text comes before one that starts with it, holds it, and ids that hold it. */
function matchRank({ label, key, members }: DrawnNode, text: string): number {
  const name = label.toLowerCase();
  if (name === text) return 0;
  if (name.startsWith(text)) return 1;
  if (name.includes(text)) return 2;
  return `${key} ${members.join(' ')}`.toLowerCase().includes(text) ? 3 : NO_MATCH;
}
