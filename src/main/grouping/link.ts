/** A finding as grouping sees it. Times in hours. */
export interface Linkable {
  readonly id: string;
  readonly hour: number;
  readonly severity: number;
  readonly net: string | null;
  readonly principal: string | null;
  /** `kind:id` of every entity, kinds as in WEIGHTS. */
  readonly entities: readonly string[];
}

export interface Link {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly reasons: readonly { readonly type: string; readonly id: string; readonly weight: number; readonly gapSeconds: number }[];
}

/** Strength and memory (hours) of a shared entity by kind: family of credentials, credential, principal, address, target. */
const WEIGHTS: Readonly<Record<string, { readonly weight: number; readonly hours: number }>> = {
  f: { weight: 1, hours: 72 },
  k: { weight: 1, hours: 72 },
  p: { weight: 0.8, hours: 24 },
  ip: { weight: 0.7, hours: 24 },
  r: { weight: 0.6, hours: 24 },
};
/** A finding is compared with this many earlier ones of the same entity. */
const MEMORY = 12;
/** Below this many findings rarity cannot be told from a small bundle. */
const SMALL = 150;
/** The same credential from two networks may be its owner and a thief: the link is weakened. */
const OTHER_NETWORK = 0.35;

/**
 * Links between findings that share entities: rare entities bind, common ones, long-lived ones and addresses that many
 * principals use hardly do, and all fade with the time between (methods: damped, time-decayed grouping).
 */
export function linkFindings(findings: readonly Linkable[], scale = 1): Link[] {
  const ordered = [...findings].sort((a, b) => a.hour - b.hour || a.id.localeCompare(b.id));
  const byEntity = new Map<string, Linkable[]>();
  for (const finding of ordered) {
    for (const entity of finding.entities) byEntity.set(entity, [...(byEntity.get(entity) ?? []), finding]);
  }
  const links = new Map<string, Link>();
  for (const [entity, members] of byEntity) {
    const damp = damping(entity, members, Math.max(SMALL, ordered.length));
    const kind = WEIGHTS[entity.slice(0, entity.indexOf(':'))];
    if (!kind || damp <= 0) continue;
    members.forEach((later, i) => {
      for (const earlier of members.slice(Math.max(0, i - MEMORY), i)) {
        const gap = later.hour - earlier.hour;
        const split = earlier.net !== null && later.net !== null && earlier.net !== later.net ? OTHER_NETWORK : 1;
        const weight = kind.weight * damp * split * Math.exp(-gap / (kind.hours * scale));
        add(links, earlier, later, { type: entity.slice(0, entity.indexOf(':')), id: entity.slice(entity.indexOf(':') + 1), weight, gapSeconds: Math.round(gap * 3600) });
      }
    });
  }
  return [...links.values()];
}

function add(links: Map<string, Link>, a: Linkable, b: Linkable, reason: Link['reasons'][number]): void {
  if (reason.weight < 0.01) return;
  const key = `${a.id} ${b.id}`;
  const known = links.get(key);
  links.set(key, { a: a.id, b: b.id, weight: (known?.weight ?? 0) + reason.weight, reasons: [...(known?.reasons ?? []), reason] });
}

function damping(entity: string, members: readonly Linkable[], total: number): number {
  const rare = Math.max(0.1, 1 - Math.log(members.length) / Math.log(total));
  const days = new Set(members.map((m) => Math.floor(m.hour / 24))).size;
  const old = 1 / (1 + 0.15 * Math.max(0, days - 4));
  const shared = entity.startsWith('ip:') || entity.startsWith('r:');
  const fan = shared ? 1 / (1 + 0.35 * Math.max(0, new Set(members.map((m) => m.principal)).size - 3)) : 1;
  return rare * old * fan;
}
