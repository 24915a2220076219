import type { GraphEdge } from '../../../shared/model/graph';
import { nameOf, type Item } from './item';

/** A link of an item, by the numbers of the other item and of what it says (which end it is at included). */
interface Link {
  readonly other: number;
  readonly tag: number;
  readonly events: number;
}

/** Links of items, as they are while some of the nodes are rolled up in them. */
export interface Links {
  readonly of: (item: Item) => readonly Link[];
  /** Number of links that say who did it. */
  readonly did: number;
}

/** What like items have in common, as text; null for an item that is like no other. */
export type Likeness = (item: Item, links: Links) => string | null;

/** Reads the links of items; `edges` are of the data. */
export function linksOf(items: readonly Item[], edges: readonly GraphEdge[]): Links {
  const owner = new Map<string, number>();
  items.forEach(({ node }, i) => {
    if (node.members.length === 0) owner.set(node.key, i);
    else for (const key of node.members) owner.set(key, i);
  });
  const tags = new Map<string, number>();
  const tagOf = (text: string): number => {
    const known = tags.get(text);
    if (known !== undefined) return known;
    tags.set(text, tags.size);
    return tags.size - 1;
  };
  const lists = items.map((): Link[] => []);
  for (const { source, target, kind, events } of edges) {
    const from = owner.get(source);
    const to = owner.get(target);
    if (from === undefined || to === undefined || from === to) continue;
    lists[from]?.push({ other: to, tag: tagOf(`>${kind}`), events });
    lists[to]?.push({ other: from, tag: tagOf(`<${kind}`), events });
  }
  const numbers = new Map(items.map(({ node }, i) => [node.key, i]));
  return { of: ({ node }) => lists[numbers.get(node.key) ?? -1] ?? [], did: tagOf('<did') };
}

/** One kind and type, linked to exactly the same others in the same ways. */
export const exactly: Likeness = (item, links) => {
  const own = links.of(item);
  return own.length === 0 ? null : `${typeOf(item)} ${codes(own)}`;
};

/** Findings of one title that the same actors made. */
export const sameDeed: Likeness = (item, links) =>
  item.node.kind === 'finding'
    ? `${named(item)} ${codes(links.of(item).filter(({ tag }) => tag === links.did))}`
    : null;

/** Findings of one title. */
export const sameTitle: Likeness = (item) => (item.node.kind === 'finding' ? named(item) : null);

/** One type, and the same other that they are linked to most. */
export const sameMainLink: Likeness = (item, links) => {
  const sums = new Map<number, number>();
  for (const { other, events } of links.of(item)) sums.set(other, (sums.get(other) ?? 0) + events);
  const [main] = [...sums].sort(([a, x], [b, y]) => y - x || a - b);
  return main === undefined ? null : `${ofKind(item, links) ?? ''} ${main[0]}`;
};

/** One type; findings of one severity. */
export const ofKind: Likeness = (item) => `${typeOf(item)} ${item.node.severity ?? ''}`;

function typeOf({ node }: Item): string {
  return `${node.kind} ${node.type}`;
}

function named(item: Item): string {
  return JSON.stringify([item.node.severity, nameOf(item)]);
}

/** The same text for the same set of links. */
function codes(links: readonly Link[]): string {
  const numbers = new Set(links.map(({ other, tag }) => other * 64 + tag));
  return Int32Array.from(numbers).sort().join();
}
