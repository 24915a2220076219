import { BREAKDOWNS, type BrokenLog } from '../../../../shared/contract/breakdown';
import type { RequestOf } from '../../../../shared/contract/index';
import type { EntityRef, EntityType } from '../../../../shared/model/entity';
import { guessEntity } from '../../../format/entity';
import { protocolName } from './network';

export type Path = RequestOf<'breakdown/rows'>['path'];
export type Condition = RequestOf<'breakdown/rows'>['conditions'][number];

const FIELD_TITLES: Readonly<Record<string, string>> = {
  api: 'API call',
  service: 'Service',
  address: 'Address',
  principal: 'Principal',
  session: 'Session',
  credential: 'Credential',
  userAgent: 'User agent',
  error: 'Outcome',
  region: 'Region',
  account: 'Account',
  assumed: 'Role it assumed',
  subject: 'Subject',
  verb: 'Verb',
  resource: 'Resource',
  namespace: 'Namespace',
  identity: 'IAM identity',
  code: 'Response code',
  uri: 'Request URI',
  cluster: 'Cluster',
  domain: 'Domain',
  type: 'Type',
  instance: 'Instance',
  peer: 'Peer',
  own: 'Own address',
  port: 'Port',
  protocol: 'Protocol',
  direction: 'Opened by',
};

export function fieldTitle(field: string): string {
  return FIELD_TITLES[field] ?? field;
}

export const OPERATOR_TITLES: Readonly<Record<Condition['operator'], string>> = {
  contains: 'contains',
  'not-contains': 'does not contain',
  is: 'is',
  'is-not': 'is not',
  in: 'is in network',
  'not-in': 'is not in network',
};

/** Substrings that narrow API calls to what they do. */
export const COMMON_SUBSTRINGS: Partial<Record<BrokenLog, readonly string[]>> = {
  cloudtrail: ['List', 'Describe', 'Get', 'Create', 'Put', 'Update', 'Attach', 'Delete', 'Assume', 'Run'],
  'k8s-audit': ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
};

/** The order in which fields are opened, each the first that is not open yet. */
const ORDER: { readonly [L in BrokenLog]: readonly (typeof BREAKDOWNS)[L][number][] } = {
  cloudtrail: ['address', 'api', 'credential', 'userAgent', 'error'],
  'assumed-by': ['principal', 'address', 'credential', 'error'],
  'k8s-audit': ['subject', 'address', 'verb', 'uri', 'code'],
  'dns-query': ['domain', 'address', 'type', 'code'],
  'vpc-flow': ['peer', 'port', 'direction', 'own', 'protocol'],
};

/** By what an entity's log is broken down at first: not by what the entity itself is. */
export function firstField(log: BrokenLog, { type }: EntityRef): string {
  const own: Partial<Record<EntityType, string>> = {
    address: 'address',
    kubernetesSubject: 'subject',
    domain: 'domain',
    accessKey: 'credential',
    userAgent: 'userAgent',
  };
  if (log === 'cloudtrail' && type !== 'address') return 'api';
  return ORDER[log].find((field) => field !== own[type]) ?? ORDER[log][0] ?? '';
}

/** By what the records behind an opened value are broken down next. */
export function nextField(log: BrokenLog, opened: readonly string[]): string {
  const all: readonly string[] = BREAKDOWNS[log];
  return [...ORDER[log], ...all].find((field) => !opened.includes(field)) ?? all[0] ?? '';
}

/** A value as a person reads it. */
export function valueText(field: string, value: string | null): string {
  if (value === null) return 'not told';
  if (field === 'protocol') return protocolName(Number(value));
  if (field === 'direction') return value === 'in' ? 'peer' : 'this side';
  return value;
}

const TYPES: Readonly<Record<string, EntityType>> = {
  address: 'address',
  peer: 'address',
  own: 'address',
  session: 'roleSession',
  credential: 'accessKey',
  userAgent: 'userAgent',
  account: 'account',
  assumed: 'role',
  subject: 'kubernetesSubject',
  cluster: 'cluster',
  domain: 'domain',
  instance: 'instance',
};

/** The entity that a value names. */
export function entityOf(field: string, value: string | null): EntityRef | null {
  if (value === null || value === '') return null;
  if (field === 'principal' || field === 'identity' || field === 'service') return guessEntity(value);
  if (field === 'session')
    return guessEntity(value)?.type === 'roleSession' ? { type: 'roleSession', id: value } : null;
  const type = TYPES[field];
  return type === undefined ? null : { type, id: value };
}

/** Fields whose values are addresses: only these lie in networks. */
export function isAddressField(field: string): boolean {
  return field === 'address' || field === 'peer' || field === 'own';
}
