import type { LineageLink, Linkable } from './linkable';
import {
  combined,
  handFactor,
  pairReasons,
  usualWork,
  type AgedReason,
  type Frequencies,
} from './pair-weight';

/** Two findings with why they belong together; `a` is the earlier one. */
export interface Link {
  readonly a: string;
  readonly b: string;
  /** 0..1 */
  readonly weight: number;
  readonly reasons: readonly AgedReason[];
}

/** A finding is compared with this many earlier ones that name the same thing: linear in the number of findings. */
const MEMORY = 12;
/** Hours in which an issued credential keeps its tie to the call that issued it. */
const ISSUED_HOURS = 72;
/** Hours in which a granted right or a command to a host explains what follows. */
const CONTROL_HOURS = 12;

/**
 * Links between findings. Candidates share a thing (methods 3a: compared with the last 12 of it); the weight of a pair
 * counts everything they share, plus lineage: the issuing call and what its credential did.
 */
export function linkFindings(findings: readonly Linkable[], lineage: readonly LineageLink[]): Link[] {
  const ordered = [...findings].sort((a, b) => a.hour - b.hour || a.id.localeCompare(b.id));
  const byThing = index(ordered, thingsOf);
  const frequencies = count(byThing, index(ordered, aimsOf), ordered.length);
  const byId = new Map(ordered.map((f) => [f.id, f]));
  const links = new Map<string, Link>();
  const add = (a: Linkable, b: Linkable, extra: readonly AgedReason[] = []) => {
    const key = `${a.id} ${b.id}`;
    const known = links.get(key);
    if (known && extra.length === 0) return;
    const told = known?.reasons ?? pairReasons(a, b, frequencies);
    const reasons = [...told, ...extra]
      .sort((x, y) => y.weight - x.weight)
      .filter((r, i, all) => !all.slice(0, i).some((o) => saysSame(o, r)));
    if (reasons.length > 0) links.set(key, { a: a.id, b: b.id, weight: combined(reasons), reasons });
  };
  for (const members of byThing.values()) {
    members.forEach((later, i) => {
      for (const earlier of members.slice(Math.max(0, i - MEMORY), i)) add(earlier, later);
    });
  }
  for (const { a, b, kind, child } of lineage) {
    const [cause, effect] = [byId.get(a), byId.get(b)];
    if (cause && effect) hardLink(cause, effect, kind, child, add);
  }
  return [...links.values()];
}

/** A command to a host and the host as its target are one reason; so are a key and the call that issued it. */
function saysSame(a: AgedReason, b: AgedReason): boolean {
  return a.id === b.id && a.type !== 'address' && b.type !== 'address';
}

/** The same links with every time constant multiplied by `patience`. */
export function reweighed(links: readonly Link[], patience: number): Link[] {
  if (patience === 1) return [...links];
  return links.map((link) => {
    const reasons = link.reasons.map((r) => ({
      ...r,
      weight: r.weight * Math.exp(r.age * (1 - 1 / patience)),
    }));
    return { ...link, reasons, weight: combined(reasons) };
  });
}

type Add = (a: Linkable, b: Linkable, extra: readonly AgedReason[]) => void;

function hardLink(cause: Linkable, effect: Linkable, kind: string, child: string, add: Add): void {
  const control = kind === 'controls' || kind === 'grants';
  const gap = Math.max(0, effect.hour - cause.hour);
  if (control && (effect.hour < cause.hour || gap > CONTROL_HOURS)) return;
  const sameNet = [...cause.networks].some((net) => effect.networks.has(net));
  const hands = sameNet ? 1 : handFactor(cause.hand?.standing ?? null, effect.hand?.standing ?? null);
  const age = gap / ISSUED_HOURS;
  const weight = (control ? usualWork(cause, effect) : hands) * Math.exp(-age);
  const [a, b] = cause.hour <= effect.hour ? [cause, effect] : [effect, cause];
  add(a, b, [{ type: 'lineage', id: child, weight, gapSeconds: Math.round(gap * 3600), age }]);
}

function index(
  ordered: readonly Linkable[],
  thingsOf: (finding: Linkable) => Iterable<string>,
): Map<string, Linkable[]> {
  const byThing = new Map<string, Linkable[]>();
  for (const finding of ordered) {
    for (const thing of thingsOf(finding)) {
      const members = byThing.get(thing);
      if (members) members.push(finding);
      else byThing.set(thing, [finding]);
    }
  }
  return byThing;
}

/** `kind:id` of everything two findings can share. An instance, user, role or key counts alike as target and as actor. */
function thingsOf(finding: Linkable): Set<string> {
  const of = (kind: string, ids: Iterable<string>, type = '') => [...ids].map((id) => `${kind}:${type}${id}`);
  return new Set([
    ...(finding.hand ? [`hand:${finding.hand.key}`] : []),
    ...of('session', finding.sessions),
    ...of('root', finding.roots),
    ...of('principal', finding.principals),
    ...of('address', finding.addresses),
    ...of('network', finding.networks),
    ...of('shared', finding.shared),
    ...of('target', finding.targets),
    ...of('target', finding.instances, 'instance '),
    ...[...finding.principals].map((id) => `target:${id.includes(':role/') ? 'role' : 'user'} ${id}`),
    ...of('target', finding.sessions, 'accessKey '),
  ]);
}

/** What a finding acted on: a host that acts a lot is not for that a common target. */
function aimsOf(finding: Linkable): string[] {
  return [...finding.targets].map((id) => `target:${id}`);
}

function count(
  byThing: ReadonlyMap<string, readonly Linkable[]>,
  byTarget: ReadonlyMap<string, readonly Linkable[]>,
  findings: number,
): Frequencies {
  const days = new Map<string, number>();
  const naming = (thing: string) => (thing.startsWith('target:') ? byTarget : byThing).get(thing) ?? [];
  return {
    findings,
    count: (thing) => Math.max(1, naming(thing).length),
    days: (thing) => {
      const known = days.get(thing) ?? new Set(naming(thing).map((f) => Math.floor(f.hour / 24))).size;
      days.set(thing, known);
      return known;
    },
  };
}
