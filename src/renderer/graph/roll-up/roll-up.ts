import type { GraphData, GraphEdge } from '../../../shared/model/graph';
import type { Budget } from '../model';
import { groupOf, single, type Item } from './item';
import { exactly, linksOf, ofKind, sameDeed, sameMainLink, sameTitle, type Likeness } from './likeness';

/** Fewer exactly alike nodes than this stay apart while there is room. */
const SMALLEST_GROUP = 4;

export interface RolledUp {
  readonly items: readonly Item[];
  /** Links that are drawn at most. */
  readonly mostEdges: number;
}

/**
 * Rolls a graph up into what the budget lets be drawn. Nodes that say the same (one kind and type, linked to exactly the
 * same others) always become one. Beyond the budget likeness gets coarser, step by step: findings of one title and
 * actor, of one title, then of the rest what weighs least by its main link, and in the end by type alone.
 * `groups` are the investigator's own and stay as they are; so do nodes of `apart`, but for those exactly alike.
 */
export function rollUp(
  { nodes, edges }: GraphData,
  { groups, apart }: { readonly groups: readonly (readonly string[])[]; readonly apart: ReadonlySet<string> },
  { whole, rolledUp }: Budget,
): RolledUp {
  const own = groups.flatMap((keys) => ownGroup(nodes.filter(({ key }) => keys.includes(key)).map(single)));
  const taken = new Set(own.flatMap(({ node }) => node.members));
  const rest = nodes.filter(({ key }) => !taken.has(key)).map(single);
  const coarsening = new Coarsening(rest, own, edges);
  coarsening.joinAlike(apart);
  if (coarsening.count <= whole.nodes) return { items: coarsening.all, mostEdges: whole.edges };
  coarsening.within(rolledUp.nodes);
  return { items: coarsening.all, mostEdges: rolledUp.edges };
}

class Coarsening {
  constructor(
    private items: readonly Item[],
    private fixed: readonly Item[],
    private readonly edges: readonly GraphEdge[],
  ) {}

  get all(): Item[] {
    return [...this.items, ...this.fixed];
  }

  get count(): number {
    return this.items.length + this.fixed.length;
  }

  /** Rolls up what is exactly alike; what holds a node of `apart` stays as it is from then on. */
  joinAlike(apart: ReadonlySet<string>): void {
    this.#merge(exactly, 'alike', SMALLEST_GROUP);
    const isApart = ({ node: { key, members } }: Item): boolean =>
      apart.has(key) || members.some((member) => apart.has(member));
    this.fixed = [...this.fixed, ...this.items.filter(isApart)];
    this.items = this.items.filter((item) => !isApart(item));
  }

  within(most: number): void {
    for (const [like, word] of [
      [sameDeed, 'by the same actor'],
      [sameTitle, 'of this title'],
    ] as const) {
      if (this.#excess(most) <= 0) break;
      this.#merge(like, word, 2);
      while (this.#merge(exactly, 'alike', 2));
    }
    if (this.#excess(most) > 0) this.#mergeLightest(sameMainLink, most);
    if (this.#excess(most) > 0) this.#gatherRest(most);
  }

  #excess(most: number): number {
    return this.count - most;
  }

  #alike(like: Likeness, smallest: number): Item[][] {
    const links = linksOf(this.all, this.edges);
    const found = new Map<string, Item[]>();
    for (const item of this.items) {
      const key = like(item, links);
      if (key === null) continue;
      const list = found.get(key);
      if (list) list.push(item);
      else found.set(key, [item]);
    }
    return [...found.values()].filter(({ length }) => length >= smallest);
  }

  /** Returns whether anything was rolled up. */
  #merge(like: Likeness, word: string, smallest: number): boolean {
    const groups = this.#alike(like, smallest);
    this.#replace(groups, word);
    return groups.length > 0;
  }

  /** Rolls up the groups that weigh least, and only as many as it takes. */
  #mergeLightest(like: Likeness, most: number): void {
    const weight = (items: readonly Item[]): number => items.reduce((sum, item) => sum + item.weight, 0);
    const groups = this.#alike(like, 2).sort((a, b) => weight(a) - weight(b));
    let excess = this.#excess(most);
    const chosen = groups.filter(({ length }) => {
      if (excess <= 0) return false;
      excess -= length - 1;
      return true;
    });
    this.#replace(chosen, 'of a kind');
  }

  /** Leaves the weightiest apart and one group of each kind for the rest. */
  #gatherRest(most: number): void {
    const kinds = this.#alike(ofKind, 1).length;
    const room = Math.max(0, most - this.fixed.length - kinds);
    const kept = new Set([...this.items].sort((a, b) => b.weight - a.weight).slice(0, room));
    this.#replace(
      this.#alike(ofKind, 2)
        .map((items) => items.filter((item) => !kept.has(item)))
        .filter(({ length }) => length > 1),
      'others',
    );
  }

  #replace(groups: readonly (readonly Item[])[], word: string): void {
    const inside = new Set(groups.flat());
    this.items = [
      ...this.items.filter((item) => !inside.has(item)),
      ...groups.map((items) => groupOf(items, word)),
    ];
  }
}

/** A group of the investigator's: what is left of it in the picture, if that is more than one node. */
function ownGroup(items: readonly Item[]): Item[] {
  if (items.length < 2) return [];
  const group = groupOf(items, 'grouped');
  const isMixed = new Set(items.map(({ node: { kind, type } }) => `${kind} ${type}`)).size > 1;
  const look = isMixed ? ({ kind: 'entity', type: 'resource' } as const) : {};
  return [{ ...group, node: { ...group.node, ...look } }];
}
