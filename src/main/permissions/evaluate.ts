import type { Statement } from './policy';

/** A policy that holds for a principal. */
export interface HeldPolicy {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** Row of the description that has its document. */
  readonly place: { readonly source: string; readonly fileId: number; readonly recordNo: number };
}

export interface Decision {
  readonly state: 'allowed' | 'conditional' | 'denied';
  /** Whether it may hold for some resources or cases only. */
  readonly limited: boolean;
  /** The policies that allow or deny it. */
  readonly by: readonly HeldPolicy[];
}

/**
 * What the policies say about an action, as README.md describes. `boundary` null means there is none, or that its document is not
 * known and therefore not evaluated.
 */
export function decide(
  action: string,
  policies: readonly HeldPolicy[],
  boundary: readonly Statement[] | null,
): Decision {
  const naming = (wanted: (s: Statement) => boolean) =>
    policies.filter(({ statements }) => statements.some((s) => s.covers(action) && wanted(s)));
  const denied = naming((s) => s.effect === 'Deny' && s.everywhere && !s.conditional);
  if (denied.length > 0) return { state: 'denied', limited: false, by: denied };
  const bounds = boundary?.filter((s) => s.covers(action)) ?? null;
  const isBound = (bounds ?? []).some((s) => s.effect === 'Deny' && s.everywhere && !s.conditional);
  const within = (bounds ?? []).filter((s) => s.effect === 'Allow');
  if (bounds && (isBound || within.length === 0)) return { state: 'denied', limited: false, by: [] };
  const plain = naming((s) => s.effect === 'Allow' && !s.conditional);
  const conditional = naming((s) => s.effect === 'Allow' && s.conditional);
  const by = plain.length > 0 ? plain : conditional;
  if (by.length === 0) return { state: 'denied', limited: false, by: [] };
  const isPlain = plain.length > 0 && (bounds === null || within.some((s) => !s.conditional));
  const whole = by.some((p) =>
    p.statements.some((s) => s.effect === 'Allow' && s.covers(action) && s.everywhere),
  );
  const taken = policies.some((p) => p.statements.some((s) => s.effect === 'Deny' && s.covers(action)));
  const wholeBound = bounds === null || (within.some((s) => s.everywhere) && within.length === bounds.length);
  return { state: isPlain ? 'allowed' : 'conditional', limited: !whole || taken || !wholeBound, by };
}
