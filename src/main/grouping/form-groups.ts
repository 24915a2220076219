import { components } from './components';
import { NO_DECISIONS, type Decisions } from './decisions';
import { regroupJoined, withCuts, withJoins } from './heed';
import { reweighed, type Link } from './link-findings';
import type { Linkable } from './linkable';
import { seededRandom } from './seeded-random';
import { splitGroup } from './split-group';

/** Links of at least this weight join two findings; less is asked where no credential is known that could tell more. */
const THRESHOLD = 0.3;
export const THRESHOLD_WITHOUT_CREDENTIALS = 0.2;
const LOW = 1;

interface Settings {
  readonly threshold: number;
  /** Factor on the time constants. */
  readonly patience: number;
  readonly seed: number;
}

export const USUAL: Settings = { threshold: THRESHOLD, patience: 1, seed: 7 };

/**
 * Groups of findings (ids, earliest first). The core are findings from medium up and low ones of a hand on a network new
 * to its credential, and what an analyst joined; other low and informational findings join the group they are closest to and
 * never join two groups. What analysts decided holds: joins always, cuts by the lightest links between the two.
 */
export function formGroups(
  findings: readonly Linkable[],
  allLinks: readonly Link[],
  settings: Settings = USUAL,
  decisions: Decisions = NO_DECISIONS,
): string[][] {
  const links = withJoins(reweighed(allLinks, settings.patience), decisions);
  const joined = new Set(decisions.together.flatMap(({ a, b }) => [a, b]));
  const isCore = (f: Linkable) =>
    joined.has(f.id) ||
    (f.kind !== 'baseline' && (f.severity > LOW || (f.severity === LOW && f.hand?.standing === 'novel')));
  const core = findings.filter(isCore);
  const byId = new Map(core.map((f) => [f.id, f]));
  const between = links.filter((l) => byId.has(l.a) && byId.has(l.b));
  const ids = core.map((f) => f.id);
  const strong = withCuts(
    ids,
    between.filter((l) => l.weight >= thresholdOf(byId.get(l.a), byId.get(l.b), settings)),
    decisions,
  );
  const random = seededRandom(settings.seed);
  const split = components(ids, strong, 0).flatMap((members) => {
    const group = members.flatMap((id) => byId.get(id) ?? []);
    const inside = new Set(members);
    return splitGroup(
      group,
      strong.filter((l) => inside.has(l.a)),
      random,
    );
  });
  const groups = regroupJoined(split, strong);
  attach(
    findings.filter((f) => !isCore(f)),
    core,
    groups,
    links,
    settings.threshold,
    decisions,
  );
  const hour = new Map(findings.map((f) => [f.id, f.hour]));
  const inTime = (a: string, b: string) => (hour.get(a) ?? 0) - (hour.get(b) ?? 0) || a.localeCompare(b);
  return groups.map((group) => [...group].sort(inTime));
}

function thresholdOf(a: Linkable | undefined, b: Linkable | undefined, { threshold }: Settings): number {
  return a?.hand || b?.hand ? threshold : threshold * (THRESHOLD_WITHOUT_CREDENTIALS / THRESHOLD);
}

/** Puts each weak finding into the one group it is linked to most. */
function attach(
  weak: readonly Linkable[],
  core: readonly Linkable[],
  groups: string[][],
  links: readonly Link[],
  threshold: number,
  { apart }: Decisions,
): void {
  const isApart = (id: string, group: readonly string[]) =>
    apart.some(({ a, b }) => (a === id && group.includes(b)) || (b === id && group.includes(a)));
  const groupOf = new Map(groups.flatMap((group) => group.map((id) => [id, group] as const)));
  const handOf = new Map(core.map((f) => [f.id, f.hand]));
  const best = new Map<string, { group: string[]; weight: number }>();
  const weakOnes = new Map(weak.map((f) => [f.id, f]));
  for (const { a, b, weight } of links) {
    for (const [id, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const group = groupOf.get(other);
      const finding = weakOnes.get(id);
      if (!finding || !group || weight < threshold || isApart(id, group)) continue;
      // The owner's own days are no part of what the thief did.
      const hand = handOf.get(other);
      if (finding.hand?.standing === 'home' && hand?.standing === 'novel') continue;
      // Nor is what is new about a principal where somebody else held its credential.
      if (finding.kind === 'baseline' && finding.hand && hand && finding.hand.key !== hand.key) continue;
      if (weight > (best.get(id)?.weight ?? 0)) best.set(id, { group, weight });
    }
  }
  for (const [id, { group }] of best) group.push(id);
}
