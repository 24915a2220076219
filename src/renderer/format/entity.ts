import { ENTITY_TYPES, type EntityRef, type EntityType } from '../../shared/model/entity';

/** Name of an entity type for a person, singular. */
export const ENTITY_TITLES: Readonly<Record<EntityType, string>> = {
  account: 'Account',
  role: 'Role',
  roleSession: 'Role session',
  user: 'User',
  federatedUser: 'Federated user',
  service: 'Service',
  accessKey: 'Credential',
  instance: 'Instance',
  address: 'Address',
  bucket: 'Bucket',
  userAgent: 'User agent',
  function: 'Function',
  cluster: 'EKS cluster',
  pod: 'Pod',
  image: 'Container image',
  kubernetesSubject: 'Kubernetes subject',
  domain: 'Domain',
  resource: 'Resource',
};

export function isEntityType(text: string): text is EntityType {
  return (ENTITY_TYPES as readonly string[]).includes(text);
}

/** Short name of an entity: the last part of an ARN with its account left out; other ids stay whole. */
export function entityLabel({ type, id }: EntityRef): string {
  const [arn, created] = id.startsWith('arn:') ? id.split('|', 2) : [id];
  const parts = (arn ?? id).split(':');
  if (parts.length < 6) return id;
  const resource = parts.slice(5).join(':');
  const name =
    type === 'roleSession'
      ? resource.replace(/^assumed-role\//, '')
      : (resource.split('/').at(-1) ?? resource);
  return created === undefined ? name : `${name} console ${created.slice(0, 16).replace('T', ' ')}`;
}

/** The entity a graph key `entity:<type>:<id>` names, else null. */
export function entityOfKey(key: string): EntityRef | null {
  const match = /^entity:([A-Za-z]+):(.+)$/s.exec(key);
  const type = match?.[1] ?? '';
  const id = match?.[2];
  return id !== undefined && isEntityType(type) ? { type, id } : null;
}

/** The type an id most likely has, from its shape alone: for ids in records and links that carry no type. */
export function guessEntity(id: string): EntityRef | null {
  const found = SHAPES.find(([pattern]) => pattern.test(id));
  return found ? { type: found[1], id } : null;
}

const SHAPES: readonly (readonly [RegExp, EntityType])[] = [
  [/^arn:[^:]*:(iam|sts)::\d{12}:.*\|/, 'accessKey'],
  [/^arn:[^:]*:iam::\d{12}:role\//, 'role'],
  [/^arn:[^:]*:iam::\d{12}:user\//, 'user'],
  [/^arn:[^:]*:iam::\d{12}:root$/, 'user'],
  [/^arn:[^:]*:sts::\d{12}:assumed-role\//, 'roleSession'],
  [/^arn:[^:]*:sts::\d{12}:federated-user\//, 'federatedUser'],
  [/^arn:[^:]*:s3:::[^/]+$/, 'bucket'],
  [/^(AKIA|ASIA)[A-Z0-9]{12,}$/, 'accessKey'],
  [/^\d{12}$/, 'account'],
  [/^i-[0-9a-f]{8,17}$/, 'instance'],
  [/^\d{1,3}(\.\d{1,3}){3}$/, 'address'],
  [/^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}$/i, 'address'],
  [/^[a-z0-9-]+\.amazonaws\.com$/, 'service'],
];
