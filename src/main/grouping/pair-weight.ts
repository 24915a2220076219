import type { IncidentLink } from '../../shared/model/incident';
import type { HandStanding } from '../../shared/model/hand';
import type { Linkable } from './linkable';

type Reason = IncidentLink['reasons'][number];

/** A reason with its age in time constants: weight = strength x exp(-age). */
export type AgedReason = Reason & { readonly age: number };

/** How often and by whom things are named, for damping. */
export interface Frequencies {
  /** Findings that name the thing (`kind:id`). */
  readonly count: (thing: string) => number;
  /** Different days of those findings. */
  readonly days: (thing: string) => number;
  readonly findings: number;
}

/** Hours after which a shared thing counts 1/e: credentials keep longest, a network new to a credential longer still. */
const HOURS = { novel: 240, credential: 72, other: 24 } as const;
const WEIGHT = {
  hand: 1,
  credential: 1,
  principal: 0.8,
  address: 0.7,
  network: 0.4,
  target: 0.6,
  cause: 0.8,
} as const;
/** Under this many findings rarity cannot be told from a small bundle. */
const SMALL = 150;
/** What one hand does belongs together however much it is. */
const HAND_FLOOR = 0.6;
/** Another hand on the same target is no proof by itself. */
const OTHER_HAND_TARGET = 0.45;
/** Two people at home behind one address share the office, not the deed. */
const SHARED_HOME = 0.4;
/** What acts on more things than this says less of each. */
const FEW_TARGETS = 2;
/** A thing that was acted on before it acts is a cause; the other way round hardly. */
const REVERSED = 0.25;

/** Share that a common credential still says when two networks used it: its owner and a thief, or one hand moving? */
export function handFactor(a: HandStanding | null, b: HandStanding | null): number {
  if (a === null || b === null) return 0.7;
  if (a === 'unsure' || b === 'unsure') return 0.5;
  return a === b ? 0.9 : 0.3;
}

/** What a host keeps doing from its own address is its work; only what is new there can come of an attack on it. */
const USUAL_WORK = 0.3;

/** What a link from a cause to what was done at the home of its target is worth. */
export function usualWork(cause: Linkable, effect: Linkable): number {
  const own = effect.hand?.standing === 'home' && cause.hand?.standing !== 'home';
  return own && !effect.newTool ? USUAL_WORK : 1;
}

/** Why two findings belong together (`earlier` first); the reasons' weights combine by {@link combined}. */
export function pairReasons(earlier: Linkable, later: Linkable, frequencies: Frequencies): AgedReason[] {
  const gap = Math.max(0, later.hour - earlier.hour);
  const identity = identityReason(earlier, later, gap, frequencies);
  const place = placeReason(earlier, later, gap, frequencies);
  const cause = causeReason(earlier, later, gap, frequencies);
  const target = targetReason(earlier, later, gap, frequencies);
  return [identity, place, cause, target].filter(
    (reason) => reason !== null && reason.weight >= 0.01,
  ) as AgedReason[];
}

/** 1 - product of (1 - w): independent reasons add up and never exceed 1. */
export function combined(reasons: readonly { readonly weight: number }[]): number {
  return 1 - reasons.reduce((product, { weight }) => product * (1 - Math.min(1, weight)), 1);
}

function first(a: ReadonlySet<string>, b: ReadonlySet<string>): string | null {
  for (const x of a) if (b.has(x)) return x;
  return null;
}

/** Rare things bind, common and long-lived ones hardly do. */
function rarity(thing: string, frequencies: Frequencies): number {
  const total = Math.max(SMALL, frequencies.findings);
  const count = Math.max(1, frequencies.count(thing));
  const common = count > 0.05 * total ? 0.25 : 1;
  const old = 1 / (1 + 0.15 * Math.max(0, frequencies.days(thing) - 4));
  return Math.max(0, 1 - Math.log(count) / Math.log(total)) * common * old;
}

function fanOut(users: number): number {
  return 1 / (1 + 0.35 * Math.max(0, users - 3));
}

/** A finding about many identities says little about each. */
function many(a: Linkable, b: Linkable, kind: 'sessions' | 'roots' | 'principals'): number {
  return fanOut(Math.max(a[kind].size, b[kind].size));
}

function reason(type: Reason['type'], id: string, strength: number, gap: number, hours: number): AgedReason {
  const age = gap / hours;
  return { type, id, weight: strength * Math.exp(-age), gapSeconds: Math.round(gap * 3600), age };
}

type PairReason = (a: Linkable, b: Linkable, gap: number, frequencies: Frequencies) => AgedReason | null;

/** What a tie is worth by where the two were: all of it from the same network, less from a network one of them never used. */
function otherPlace(a: Linkable, b: Linkable): number {
  return first(a.networks, b.networks) !== null
    ? 1
    : handFactor(a.hand?.standing ?? null, b.hand?.standing ?? null);
}

const sameHand: PairReason = (a, b, gap, frequencies) => {
  if (!a.hand || a.hand.key !== b.hand?.key) return null;
  const novel = a.hand.standing === 'novel';
  const damp = novel ? 1 : Math.max(HAND_FLOOR, rarity(`root:${a.hand.root}`, frequencies));
  return reason('lineage', a.hand.root, WEIGHT.hand * damp, gap, novel ? HOURS.novel : HOURS.credential);
};

const sameSession: PairReason = (a, b, gap, frequencies) => {
  const session = first(a.sessions, b.sessions);
  if (session === null) return null;
  const other = otherPlace(a, b);
  const damp =
    Math.max(other > 0.8 ? HAND_FLOOR : 0, rarity(`session:${session}`, frequencies)) *
    many(a, b, 'sessions');
  return reason('accessKey', session, WEIGHT.credential * damp * other, gap, HOURS.credential);
};

const sameRoot: PairReason = (a, b, gap, frequencies) => {
  const root = first(a.roots, b.roots);
  if (root === null) return null;
  const bothNovel = a.hand?.standing === 'novel' && b.hand?.standing === 'novel';
  const damp = bothNovel ? 1 : rarity(`root:${root}`, frequencies) * many(a, b, 'roots');
  return reason('lineage', root, WEIGHT.credential * damp * otherPlace(a, b), gap, HOURS.credential);
};

const samePrincipal: PairReason = (a, b, gap, frequencies) => {
  const principal = first(a.principals, b.principals);
  if (principal === null) return null;
  const roots = Math.max(a.hand?.principalRoots ?? 1, b.hand?.principalRoots ?? 1);
  const weight =
    WEIGHT.principal *
    rarity(`principal:${principal}`, frequencies) *
    fanOut(roots) *
    many(a, b, 'principals') *
    otherPlace(a, b);
  return reason(principal.includes(':role/') ? 'role' : 'user', principal, weight, gap, HOURS.other);
};

/** The strongest of: same hand, same session, same root credential, same principal. They say one thing, so they do not add up. */
const identityReason: PairReason = (a, b, gap, frequencies) =>
  [sameHand, sameSession, sameRoot, samePrincipal]
    .map((find) => find(a, b, gap, frequencies))
    .filter((found) => found !== null)
    .sort((x, y) => y.weight - x.weight)[0] ?? null;

/** The same address, or the same network that is new to both. */
function placeReason(a: Linkable, b: Linkable, gap: number, frequencies: Frequencies): AgedReason | null {
  const address = first(a.addresses, b.addresses);
  const network = address === null ? first(a.networks, b.networks) : null;
  const thing = address ?? network;
  if (thing === null) return null;
  const standings = [a.hand?.netStanding ?? null, b.hand?.netStanding ?? null].filter((s) => s !== null);
  const roots = Math.max(a.hand?.netRoots ?? 1, b.hand?.netRoots ?? 1);
  if (network !== null && standings.some((s) => s !== 'novel')) return null;
  const rare = rarity(`${address === null ? 'network' : 'address'}:${thing}`, frequencies);
  const damp = standings.includes('home') ? rare : standings.includes('unsure') ? Math.max(0.5, rare) : 1;
  const people = standings.includes('home') && first(a.roots, b.roots) === null ? SHARED_HOME : 1;
  const base = address === null ? WEIGHT.network : WEIGHT.address;
  return reason('address', thing, base * damp * people * fanOut(roots), gap, HOURS.other);
}

/** What the earlier finding acted on is who acts in the later one: a created user, an issued key, an attacked instance. */
function causeReason(a: Linkable, b: Linkable, gap: number, frequencies: Frequencies): AgedReason | null {
  const forward = acted(a, b);
  const thing = forward ?? acted(b, a);
  if (thing === null) return null;
  const [type, id] = split(thing);
  const actor = forward === null ? a : b;
  const source = forward === null ? b : a;
  const standing = usualWork(source, actor);
  const order = forward === null ? REVERSED : 1;
  const key = type === 'accessKey';
  const weight =
    (key ? WEIGHT.credential : WEIGHT.cause) *
    standing *
    order *
    Math.min(1, FEW_TARGETS / source.targets.size) *
    rarity(`target:${thing}`, frequencies);
  return reason(type, id, weight, gap, key ? HOURS.credential : HOURS.other);
}

function acted(a: Linkable, b: Linkable): string | null {
  for (const target of a.targets) {
    const [type, id] = split(target);
    if (type === 'instance' && b.instances.has(id)) return target;
    if (type === 'accessKey' && b.sessions.has(id) && !a.sessions.has(id)) return target;
    if ((type === 'user' || type === 'role') && b.principals.has(id) && !a.principals.has(id)) return target;
  }
  return null;
}

/** Both acted on the same thing. */
function targetReason(a: Linkable, b: Linkable, gap: number, frequencies: Frequencies): AgedReason | null {
  const thing = first(a.targets, b.targets);
  if (thing === null) return null;
  const [type, id] = split(thing);
  const sameHand =
    first(a.roots, b.roots) !== null ||
    first(a.addresses, b.addresses) !== null ||
    first(a.networks, b.networks) !== null;
  const others =
    a.hand === null || b.hand === null || a.hand.standing !== 'novel' || b.hand.standing !== 'novel'
      ? OTHER_HAND_TARGET
      : 0.9;
  return reason(
    type,
    id,
    WEIGHT.target * (sameHand ? 1 : others) * rarity(`target:${thing}`, frequencies),
    gap,
    HOURS.other,
  );
}

function split(target: string): [type: Reason['type'], id: string] {
  const at = target.indexOf(' ');
  return [target.slice(0, at) as Reason['type'], target.slice(at + 1)];
}
