import type { HandStanding } from '../../shared/model/hand';

/** One strand of an incident, a row of incident_strands (strands.sql). */
export interface Strand {
  readonly incident_id: string;
  readonly strand: string;
  readonly w: number;
  readonly tactics: number;
  readonly worst: number;
  readonly first_finding: string;
  readonly root: string;
  readonly source_net: string;
  readonly ua_family: string | null;
  readonly principal: string;
  readonly source_ip: string;
  readonly instance_id: string | null;
  readonly ip_class: string;
  readonly first_time: string;
  readonly last_time: string;
  readonly events: number;
  readonly failures: number;
  readonly first_name: string;
  readonly first_type: string | null;
  readonly first_mfa: boolean | null;
  /** The first call that is not the owner's. */
  readonly begin_time: string;
  readonly benign_days: number;
  readonly net_days: number;
  readonly net_first: string;
  readonly later_network: boolean;
  /** Of its network for its credential (table hands). */
  readonly standing: HandStanding;
  /** Whether the burst around its first finding is at hours at which its principal never worked before. */
  readonly unusual_hours: boolean;
  /** The time in which every call of its hand is hostile; null while the owner is at work too. */
  readonly hostile_from: string | null;
  readonly hostile_to: string | null;
}

/** How telling the strand's first call is as a way in (methods 2d, entry prior E). */
function entryPrior(s: Strand): number {
  if (s.instance_id !== null && s.ip_class === 'public' && s.later_network) return 3;
  if (s.first_name === 'ConsoleLogin') return s.first_mfa === true ? 1.5 : 3;
  if (s.first_name === 'GetCallerIdentity' && s.later_network) return 2;
  if (s.first_name === 'GetFederationToken') return 2;
  return s.later_network ? 1.5 : 1;
}

/** ln(1 + W) x tactics x (1 + denied share) x sqrt(E), divided by the strand's days before its first finding. */
function strandScore(s: Strand): number {
  const denied = s.events > 0 ? s.failures / s.events : 0;
  return (
    (Math.log1p(s.w) * Math.max(1, s.tactics) * (1 + denied) * Math.sqrt(entryPrior(s))) / (1 + s.benign_days)
  );
}

interface Scored {
  readonly s: Strand;
  readonly score: number;
}

export interface Entry {
  readonly chosen: Strand;
  /** The best of another hand (root and network); null when all of it is one hand's. */
  readonly runnerUp: Strand | null;
  /** Scores of the two, as `strandScore` gives them; 0 without a runner-up. */
  readonly scores: { readonly chosen: number; readonly runnerUp: number };
  /** 0..1 */
  readonly confidence: number;
}

/** Share of the best score that an earlier strand needs to be taken as the way in. */
const EARLIEST = 0.5;
const SAME_NETWORK = 0.25;
/** A strand's worst finding of medium severity, as strands.sql weighs it. */
const MEDIUM = 3;

/**
 * Another tool of the same hand, with a quarter of the best score; or another credential, with a finding of medium, from
 * the very address of one that is new to its credential: an intruder comes back from where they came.
 */
function isKin({ s, score }: Scored, chosen: Strand, best: number): boolean {
  if (s.benign_days > 0 || s.source_net !== chosen.source_net) return false;
  if (s.root === chosen.root) return score >= SAME_NETWORK * best;
  const isSameAddress = s.source_ip === chosen.source_ip && chosen.standing === 'novel';
  return isSameAddress && s.standing !== 'home' && s.worst >= MEDIUM;
}

/**
 * The entry strand: the earliest whose score is at least half of the best; an earlier strand of its kin, without
 * history, goes before it.
 */
export function chooseEntry(strands: readonly Strand[]): Entry | null {
  const scored = strands
    .map((s) => ({ s, score: strandScore(s) }))
    .sort((a, b) => b.score - a.score || a.s.begin_time.localeCompare(b.s.begin_time));
  const best = scored[0];
  if (!best || best.score <= 0) return null;
  const strong = scored.filter((x) => x.score >= EARLIEST * best.score).sort(byTime);
  let chosen = strong[0] ?? best;
  const kin = scored.filter((x) => isKin(x, chosen.s, best.score));
  chosen = [...kin, chosen].sort(byTime)[0] ?? chosen;
  const other = scored.find((x) => x.s.source_net !== chosen.s.source_net || x.s.root !== chosen.s.root);
  const margin = other ? chosen.score / (chosen.score + other.score) : 0.9;
  return {
    chosen: chosen.s,
    runnerUp: other?.s ?? null,
    scores: { chosen: chosen.score, runnerUp: other?.score ?? 0 },
    confidence: Math.round(Math.min(0.95, Math.max(0.05, margin)) * 100) / 100,
  };
}

function byTime(a: Pick<Scored, 's'>, b: Pick<Scored, 's'>): number {
  return a.s.begin_time.localeCompare(b.s.begin_time);
}
