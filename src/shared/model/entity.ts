/**
 * Kinds of entity. Ids: account = 12 digits; role, user, federatedUser = ARN (role without session);
 * roleSession = assumed-role ARN with session name; accessKey = AKIA/ASIA id or `arn|creationDate` of a console
 * session; instance = i-...; address = IP text; bucket, function, userAgent (family), cluster (of EKS) = name;
 * pod = cluster/namespace/pods/name; image = reference as asked for; kubernetesSubject = user name in the audit log;
 * domain = name without its final dot.
 */
export const ENTITY_TYPES = [
  'account',
  'role',
  'roleSession',
  'user',
  'federatedUser',
  'service',
  'accessKey',
  'instance',
  'address',
  'bucket',
  'userAgent',
  'function',
  'cluster',
  'pod',
  'image',
  'kubernetesSubject',
  'domain',
  'resource',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

export interface EntityRef {
  readonly type: EntityType;
  readonly id: string;
}

/** What an entity is to a finding or an incident. */
export type EntityRole = 'actor' | 'credential' | 'address' | 'target' | 'account' | 'tool';
