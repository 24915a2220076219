import type { BREAKDOWNS, BrokenLog } from '../../../../shared/contract/breakdown';
import type { EntityType } from '../../../../shared/model/entity';
import type { Profile } from './profile';

/** Kinds that act: baselines are kept of what they do. */
const PRINCIPALS: readonly EntityType[] = [
  'account',
  'role',
  'user',
  'federatedUser',
  'roleSession',
  'service',
];
/** Kinds that credentials come from or lead to. */
const LINKED: readonly EntityType[] = [...PRINCIPALS, 'accessKey', 'instance', 'function'];
/** Kinds that others act from, on or through: who that was is the first question. */
const PASSIVE: readonly EntityType[] = [
  'account',
  'address',
  'bucket',
  'userAgent',
  'function',
  'instance',
  'resource',
  'service',
];

/** Other logs than CloudTrail that tell of a kind, and by what its activity is broken down, panel by panel. */
const OTHER_LOGS: Partial<Record<EntityType, readonly OtherPanel[]>> = {
  cluster: kubernetes('verb', 'resource', 'subject', 'identity', 'address', 'code'),
  pod: kubernetes('verb', 'subject', 'uri', 'identity', 'code'),
  image: kubernetes('subject', 'resource', 'namespace', 'cluster'),
  kubernetesSubject: kubernetes('verb', 'resource', 'namespace', 'identity', 'uri', 'code'),
  domain: (['instance', 'address', 'type', 'code'] as const).map((first) => ({ log: 'dns-query', first })),
};

interface OtherPanel {
  readonly log: BrokenLog;
  readonly first: string;
}

function kubernetes(...fields: readonly (typeof BREAKDOWNS)['k8s-audit'][number][]): readonly OtherPanel[] {
  return fields.map((first) => ({ log: 'k8s-audit', first }));
}

/** The panels of the activity of a kind that CloudTrail says nothing of; empty for the kinds it tells of. */
export function activityPanels(type: EntityType): readonly OtherPanel[] {
  return OTHER_LOGS[type] ?? [];
}

export type ProfileTab =
  'overview' | 'new' | 'activity' | 'resources' | 'network' | 'lineage' | 'findings' | 'records' | 'notes';

/** The tabs that say something about an entity of this kind; `fresh` counts what is new about it, 0 until that is known. */
export function tabsOf(profile: Profile, fresh: number): readonly ProfileTab[] {
  const { type } = profile.entity;
  const hasTraffic = profile.peers.length > 0 || type === 'instance' || type === 'address';
  return [
    'overview',
    ...(PRINCIPALS.includes(type) || fresh > 0 ? (['new'] as const) : []),
    'activity',
    ...(LINKED.includes(type) ? (['resources'] as const) : []),
    ...(hasTraffic ? (['network'] as const) : []),
    ...(LINKED.includes(type) ? (['lineage'] as const) : []),
    'findings',
    'records',
    'notes',
  ];
}

/** Whether the overview asks who acted from, on or through it. */
export function showsPrincipals(type: EntityType): boolean {
  return PASSIVE.includes(type);
}

export function isPrincipal(type: EntityType): boolean {
  return PRINCIPALS.includes(type);
}
