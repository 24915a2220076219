import { components } from './components';
import type { Decisions } from './decisions';
import type { Link } from './link-findings';
import { minimumCut } from './minimum-cut';

/** Weighs more than all other links of a case together, so that a cut goes through it last. */
const JOINED = 1e6;

/**
 * The links as the analysts' joins have them: those between joined findings weigh more than anything found, and what
 * stands alone keeps no other.
 */
export function withJoins(links: readonly Link[], { together, alone }: Decisions): Link[] {
  if (together.length === 0 && alone.size === 0) return [...links];
  const joined = new Set(together.map(({ a, b }) => pairKey(a, b)));
  return [
    ...links.filter(({ a, b }) => !joined.has(pairKey(a, b)) && !alone.has(a) && !alone.has(b)),
    ...together.map(({ a, b, annotation }) => ({
      a,
      b,
      weight: JOINED,
      reasons: [{ type: 'analyst', id: annotation, weight: 1, gapSeconds: 0, age: 0 } as const],
    })),
  ];
}

/** Takes out the lightest links that hold together what an analyst wants apart; a group in which nothing is decided stays. */
export function withCuts(ids: readonly string[], links: readonly Link[], { apart }: Decisions): Link[] {
  return apart.reduce<Link[]>(
    (left, { a, b }) => {
      const group = components(ids, left, 0).find((members) => members.includes(a));
      if (!group?.includes(b)) return left;
      const members = new Set(group);
      const side = minimumCut(
        left.filter((l) => members.has(l.a)),
        a,
        b,
      );
      return left.filter((l) => !members.has(l.a) || side.has(l.a) === side.has(l.b));
    },
    [...links],
  );
}

/** Puts groups together again that hold findings whose join no later cut went through. */
export function regroupJoined(groups: readonly string[][], links: readonly Link[]): string[][] {
  const joins = links.filter(({ weight }) => weight >= JOINED);
  if (joins.length === 0) return [...groups];
  const chains = groups.flatMap((group) =>
    group.slice(1).map((id, i) => ({ a: group[i] ?? id, b: id, weight: 1 })),
  );
  return components(groups.flat(), [...chains, ...joins], 0);
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
