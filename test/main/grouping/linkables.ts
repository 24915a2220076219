import type { Hand, Linkable } from '../../../src/main/grouping/linkable';
import type { HandStanding } from '../../../src/shared/model/hand';

export interface Draft {
  readonly id: string;
  readonly hour: number;
  readonly severity?: number;
  readonly kind?: string;
  readonly root?: string;
  readonly net?: string;
  readonly standing?: HandStanding;
  readonly newTool?: boolean;
  readonly netStanding?: HandStanding;
  readonly netRoots?: number;
  readonly principal?: string;
  readonly principalRoots?: number;
  readonly session?: string;
  readonly address?: string;
  readonly instance?: string;
  readonly targets?: readonly string[];
}

const some = (value: string | undefined) => new Set(value === undefined ? [] : [value]);

/** A finding for grouping from the few words a test cares about. */
export function linkable(draft: Draft): Linkable {
  const hand: Hand | null =
    draft.root !== undefined && draft.net !== undefined
      ? {
          key: `${draft.root} ${draft.net}`,
          root: draft.root,
          net: draft.net,
          standing: draft.standing ?? 'unsure',
          netStanding: draft.netStanding ?? draft.standing ?? 'unsure',
          netRoots: draft.netRoots ?? 1,
          principalRoots: draft.principalRoots ?? 1,
        }
      : null;
  return {
    id: draft.id,
    hour: draft.hour,
    severity: draft.severity ?? 2,
    kind: draft.kind ?? 'sigma',
    newTool: draft.newTool ?? false,
    hand,
    sessions: some(draft.session),
    roots: some(draft.root),
    principals: some(draft.principal),
    addresses: some(draft.address),
    networks: some(draft.net),
    instances: some(draft.instance),
    shared: new Set(),
    targets: new Set(draft.targets ?? []),
  };
}
