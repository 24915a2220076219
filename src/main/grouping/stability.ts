import type { Decisions } from './decisions';
import { formGroups, USUAL } from './form-groups';
import type { Link } from './link-findings';
import type { Linkable } from './linkable';
import { seededRandom } from './seeded-random';

const RUNS = 10;
const SPREAD = 0.2;

/**
 * How much of each group remains when threshold and time constants are changed by up to 20 %: the mean Jaccard overlap
 * with the most alike group of 10 runs. Below 0.7 a group is loose.
 */
export function stability(
  groups: readonly (readonly string[])[],
  findings: readonly Linkable[],
  links: readonly Link[],
  decisions: Decisions,
): number[] {
  const random = seededRandom(RUNS);
  const sums = groups.map(() => 0);
  for (let run = 0; run < RUNS; run += 1) {
    const vary = () => 1 + SPREAD * (2 * random() - 1);
    const settings = { threshold: USUAL.threshold * vary(), patience: vary(), seed: run };
    const other = formGroups(findings, links, settings, decisions);
    const groupOf = new Map(other.flatMap((group) => group.map((id) => [id, group] as const)));
    groups.forEach((group, i) => {
      const shared = new Map<readonly string[], number>();
      for (const id of group) {
        const found = groupOf.get(id);
        if (found) shared.set(found, (shared.get(found) ?? 0) + 1);
      }
      const overlaps = [...shared].map(([found, n]) => n / (group.length + found.length - n));
      sums[i] = (sums[i] ?? 0) + Math.max(0, ...overlaps);
    });
  }
  return sums.map((sum) => Math.round((sum / RUNS) * 1000) / 1000);
}
