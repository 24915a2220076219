import { components } from './components';
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
 * to its credential; other low and informational findings join the group they are closest to and never join two groups.
 */
export function formGroups(
  findings: readonly Linkable[],
  allLinks: readonly Link[],
  settings: Settings = USUAL,
): string[][] {
  const links = reweighed(allLinks, settings.patience);
  const isCore = (f: Linkable) =>
    f.kind !== 'baseline' && (f.severity > LOW || (f.severity === LOW && f.hand?.standing === 'novel'));
  const core = findings.filter(isCore);
  const byId = new Map(core.map((f) => [f.id, f]));
  const between = links.filter((l) => byId.has(l.a) && byId.has(l.b));
  const strong = between.filter((l) => l.weight >= thresholdOf(byId.get(l.a), byId.get(l.b), settings));
  const random = seededRandom(settings.seed);
  const groups = components(
    core.map((f) => f.id),
    strong,
    0,
  ).flatMap((ids) => {
    const group = ids.flatMap((id) => byId.get(id) ?? []);
    const inside = new Set(ids);
    return splitGroup(
      group,
      strong.filter((l) => inside.has(l.a)),
      random,
    );
  });
  attach(
    findings.filter((f) => !isCore(f)),
    core,
    groups,
    links,
    settings.threshold,
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
): void {
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
      if (!finding || !group || weight < threshold) continue;
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
