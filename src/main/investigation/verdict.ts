import type { HandStanding } from '../../shared/model/hand';
import { SEVERITIES, severityRank, type Severity } from '../../shared/model/severity';
import type { Told } from './told';

const MEDIUM = severityRank('medium');

/** What one finding says for an intrusion, by its severity from informational to critical. */
const WEIGHT = [0, 0.3, 1, 2, 3] as const;
/** A provider's finding and one of a statistical detector rest on more than one rule's pattern. */
const SURE = 1.2;
/** A baseline finding is a sign, not a deed. */
const SIGN = 0.5;
/** More records of the same rule say a little more: 1 + 0.1 ln n, at most 1.3. */
const REPEATED = { each: 0.1, most: 1.3 } as const;
/** By whose hand made the records: on a network new to the credential, unknown, or its own. */
const BY_STANDING: Readonly<Record<HandStanding, number>> = { novel: 1.25, unsure: 1, home: 0.2 };
/**
 * What takes, breaks or blinds is grave from home too: insiders, and intruders on the victim's own machine. Breaking, and
 * what unlocks it or tidies up (blinding below high), is what a clean-up looks like: grave only beside taking or blinding.
 */
const TAKES = new Set(['exfiltration']);
const BLINDS = new Set(['defense-impairment', 'stealth']);
const TAKEN_AT_HOME = 1;
const GRAVE_AT_HOME = 0.75;
const CLEAN_UP_AT_HOME = 0.3;
/** A finding without a call to AWS: a request to a cluster is a deed as well; the network alone is weaker than a provider's word. */
const NO_HAND = { cluster: 0.8, provider: 0.8, flows: 0.6 } as const;

/** More rules of one tactic say less each: the gravest counts whole, the second half, every other a quarter. */
const OF_ONE_TACTIC = [1, 0.5, 0.25] as const;

/** A sign-in or some looking around with nothing after it. */
const ONLY_EARLY = 0.85;

/** Sums from which a group is an incident, and of which severity. */
const FROM = { medium: 2, high: 4.5, critical: 9 } as const;
/** What all was done at home adds up over days: it takes more to be an incident, unless its owner never works at such hours. */
const MEDIUM_AT_HOME = 2.5;
/** How fast the score nears 100. */
const SCALE = 4;

export interface Verdict {
  /** null: the group is no incident. */
  readonly severity: Severity | null;
  /** 0..100: 1 - exp(-sum / 4), in percent with one decimal. */
  readonly score: number;
}

/**
 * Weighs a group of findings. The strongest finding of each rule counts, by its severity, by whose hand it was and by the
 * share of its records that no graver finding tells; the rules of one tactic count less and less. A group is an incident
 * from a sum of 2, which one high finding by an unknown hand or two medium ones reach, unless nothing came after a sign-in
 * and a look around. It is never more than one step above its worst finding, and no more than medium while all of it was
 * done at home and no provider is alarmed. atOddHours: a high finding lies at hours at which its principal never worked.
 */
export function judge(findings: readonly Told[], atOddHours = false): Verdict {
  const early = findings.filter((f) => f.alarm !== null || rankOf(f) >= MEDIUM).every(isEarly);
  const sum = sumOf(findings) * (early ? ONLY_EARLY : 1);
  const score = Math.round(1000 * (1 - Math.exp(-sum / SCALE))) / 10;
  const acted = findings.filter((f) => f.standing !== null && f.kind !== 'baseline');
  const atHome = acted.length > 0 && acted.every((f) => f.standing === 'home');
  if (sum < (atHome && !atOddHours ? MEDIUM_AT_HOME : FROM.medium)) return { severity: null, score };
  const reached = sum >= FROM.critical ? 'critical' : sum >= FROM.high ? 'high' : 'medium';
  const worst = Math.max(...findings.map(rankOf));
  const alarmed = findings.some((f) => (f.alarm ?? 0) >= severityRank('high'));
  const cap = Math.min(worst + 1, atHome && !alarmed ? MEDIUM : SEVERITIES.length - 1);
  return { severity: SEVERITIES[Math.min(severityRank(reached), cap)] ?? 'medium', score };
}

function sumOf(findings: readonly Told[]): number {
  const grave = findings.some(isGrave);
  const byRule = new Map<string, { readonly tactic: string; readonly weight: number }>();
  for (const f of findings) {
    const weight = weigh(f, grave);
    if (weight > (byRule.get(f.ruleId)?.weight ?? 0)) byRule.set(f.ruleId, { tactic: f.tactic, weight });
  }
  const nth = new Map<string, number>();
  return [...byRule.values()]
    .sort((a, b) => b.weight - a.weight)
    .reduce((total, { tactic, weight }) => {
      const n = nth.get(tactic) ?? 0;
      nth.set(tactic, n + 1);
      return total + weight * (OF_ONE_TACTIC[Math.min(n, OF_ONE_TACTIC.length - 1)] ?? 0);
    }, 0);
}

function rankOf(f: Told): number {
  return severityRank(f.severity as Severity);
}

function isEarly(f: Told): boolean {
  if (f.alarm !== null) return false;
  return f.tactic === 'initial-access' || (f.tactic === 'discovery' && rankOf(f) < severityRank('high'));
}

/** Takes, or blinds for good: no clean-up. */
function isGrave(f: Told): boolean {
  return (
    f.kind !== 'baseline' &&
    ((TAKES.has(f.tactic) && rankOf(f) >= MEDIUM) ||
      (BLINDS.has(f.tactic) && rankOf(f) >= severityRank('high')))
  );
}

function weigh(f: Told, grave: boolean): number {
  const sure = f.alarm !== null || f.kind === 'statistical' ? SURE : 1;
  const sign = f.kind === 'baseline' ? SIGN : 1;
  const repeated = Math.min(REPEATED.most, 1 + REPEATED.each * Math.log(Math.max(1, f.count)));
  return (WEIGHT[rankOf(f)] ?? 0) * sure * sign * repeated * f.fresh * placeFactor(f, grave);
}

function placeFactor(f: Told, grave: boolean): number {
  if (f.standing === null) {
    if (f.places[0]?.source === 'k8s-audit') return NO_HAND.cluster;
    return f.kind === 'provider' ? NO_HAND.provider : NO_HAND.flows;
  }
  const breaks = f.tactic === 'impact' || TAKES.has(f.tactic) || BLINDS.has(f.tactic);
  if (f.standing === 'home' && TAKES.has(f.tactic) && rankOf(f) >= severityRank('high')) return TAKEN_AT_HOME;
  if (f.standing === 'home' && breaks) return grave ? GRAVE_AT_HOME : CLEAN_UP_AT_HOME;
  return BY_STANDING[f.standing];
}
