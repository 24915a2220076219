import { severityRank } from '../../../shared/model/severity';
import type { GraphNode } from '../../../shared/model/graph';
import type { DrawnNode } from '../model';

/** A node of the data, or a group with what it shows when it is opened: nodes and smaller groups. */
export interface Item {
  readonly node: DrawnNode;
  readonly children: readonly Item[];
  /** How much it matters: what weighs least is rolled up first. */
  readonly weight: number;
}

/** So many at most appear when a group is opened; what weighs less stays together for another click. */
const PAGE = 120;

/** A node by itself. Records count, and four times as much for each step of a finding's severity. */
export function single(node: GraphNode): Item {
  const weight =
    (1 + node.events) * (node.kind === 'finding' ? 4 ** severityRank(node.severity ?? 'informational') : 1);
  return { node: { ...node, members: [] }, children: [], weight };
}

/**
 * Items as one; `word` says what they have in common. The key names the members, so that it is the same group in every
 * rendering of the same data, and another one than any group inside it.
 */
export function groupOf(items: readonly Item[], word: string): Item {
  const sorted = [...items].sort((a, b) => b.weight - a.weight || (a.node.key < b.node.key ? -1 : 1));
  const children =
    sorted.length > PAGE ? [...sorted.slice(0, PAGE - 1), groupOf(sorted.slice(PAGE - 1), 'more')] : sorted;
  const members = items.flatMap(({ node }) => (node.members.length > 0 ? node.members : [node.key])).sort();
  const [first] = sorted;
  return {
    node: {
      key: `group:${members[0] ?? ''}:${members.length}`,
      kind: first?.node.kind ?? 'entity',
      type: first?.node.type ?? 'resource',
      label: `${nameOf(first)} + ${members.length - 1} ${word}`,
      severity: worstOf(items),
      events: items.reduce((sum, { node }) => sum + node.events, 0),
      members,
    },
    children,
    weight: items.reduce((sum, { weight }) => sum + weight, 0),
  };
}

/** The label of the weightiest node in it. */
export function nameOf(item: Item | undefined): string {
  let at = item;
  while (at?.children[0]) [at] = at.children;
  return at?.node.label ?? '';
}

function worstOf(items: readonly Item[]): DrawnNode['severity'] {
  return items.reduce<DrawnNode['severity']>((worst, { node: { severity } }) => {
    if (severity === null) return worst;
    return worst === null || severityRank(severity) > severityRank(worst) ? severity : worst;
  }, null);
}
