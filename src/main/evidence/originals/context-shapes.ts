import { isObject, type JsonObject } from './json-object';
import type { Recogniser } from './shape';

const isList = (o: JsonObject, key: string) => Array.isArray(o[key]);

/** Files that hold no events and help to read those that do, by the keys of their objects. */
export const CONTEXT: readonly Recogniser[] = [
  context(
    'credential-report',
    'IAM credential report',
    (o) => 'user' in o && 'arn' in o && 'mfa_active' in o,
  ),
  context(
    'iam-details',
    'IAM account authorization details',
    (o) => isList(o, 'UserDetailList') || isList(o, 'RoleDetailList'),
  ),
  context(
    'config',
    'AWS Config snapshot or history',
    (o) => isList(o, 'configurationItems') || 'configSnapshotId' in o,
  ),
  context(
    'config-item',
    'AWS Config item',
    (o) => 'configurationItem' in o || ('configurationItemStatus' in o && 'resourceType' in o),
  ),
  context('instances', 'EC2 instance description', (o) => isList(o, 'Reservations')),
  context('flow-logs', 'flow log description', (o) => isList(o, 'FlowLogs')),
  context(
    'description',
    'answer of an AWS API that describes resources',
    (o) => DESCRIPTIONS.some((key) => isList(o, key)) || isObject(o['Trail']),
  ),
  context('ip-ranges', 'AWS address ranges', (o) => 'syncToken' in o && isList(o, 'prefixes')),
  context(
    's3-notification',
    'S3 event notification',
    (o) => typeof o['eventSource'] === 'string' && o['eventSource'].startsWith('aws:'),
  ),
  context('eventbridge', 'EventBridge event of another kind', (o) => 'detail-type' in o && 'source' in o),
  context('indicators', 'list of indicators', isIndicator),
];

/** Lists that only descriptions of resources have. */
const DESCRIPTIONS: readonly string[] = [
  'SecurityGroups',
  'NetworkInterfaces',
  'Volumes',
  'Snapshots',
  'Vpcs',
  'Subnets',
  'AccessKeyMetadata',
  'trailList',
  'DBInstances',
  'Buckets',
  'AttachedPolicies',
];

/** Rows of indicator tables, MISP attributes, STIX indicators and bundles of them. */
function isIndicator(o: JsonObject): boolean {
  if (o['type'] === 'indicator' && 'pattern' in o) return true;
  if (o['type'] === 'bundle' && Array.isArray(o['objects']))
    return o['objects'].some((one) => isObject(one) && one['type'] === 'indicator');
  const keys = new Set(Object.keys(o).map((key) => key.toLowerCase()));
  const named = ['indicator', 'ioc', 'ioc_value', 'indicator_value'].some((key) => keys.has(key));
  return named && keys.size <= 40 && !keys.has('detail');
}

function context(id: string, what: string, test: Recogniser['test']): Recogniser {
  return { id, what, kind: 'context', test };
}
