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
const LINKED: readonly EntityType[] = [
  ...PRINCIPALS,
  'accessKey',
  'instance',
  'function',
  'pod',
  'kubernetesSubject',
];
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

export type ProfileTab =
  'overview' | 'new' | 'activity' | 'resources' | 'network' | 'lineage' | 'findings' | 'records' | 'notes';

/** The tabs that say something about an entity of this kind. */
export function tabsOf(profile: Profile): readonly ProfileTab[] {
  const { type } = profile.entity;
  const hasTraffic = profile.peers.length > 0 || type === 'instance' || type === 'address';
  return [
    'overview',
    ...(PRINCIPALS.includes(type) || profile.newBehaviour.length > 0 ? (['new'] as const) : []),
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
