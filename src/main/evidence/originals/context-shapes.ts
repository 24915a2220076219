import { isObject, type JsonObject } from './json-object';
import type { Recogniser } from './shape';

const isList = (o: JsonObject, key: string) => Array.isArray(o[key]);

const isText = (o: JsonObject, key: string) => typeof o[key] === 'string';

/** Objects that describe and are no events, by their keys: each has a source that reads it. */
export const DESCRIPTIONS: readonly Recogniser[] = [
  description(
    'ec2-instance',
    'EC2 instance description',
    (o) => isText(o, 'InstanceId') && isText(o, 'ImageId'),
  ),
  description(
    'network-interface',
    'network interface description',
    (o) => isText(o, 'NetworkInterfaceId') && ('PrivateIpAddress' in o || 'PrivateIpAddresses' in o),
  ),
  description(
    'iam-principal',
    'IAM user, group or role',
    (o) =>
      isText(o, 'Arn') && ['User', 'Group', 'Role'].some((kind) => `${kind}Name` in o && `${kind}Id` in o),
  ),
  description(
    'iam-policy',
    'IAM managed policy',
    (o) => isText(o, 'Arn') && isText(o, 'PolicyName') && isText(o, 'PolicyId'),
  ),
  description(
    'config-item',
    'AWS Config item',
    (o) =>
      isText(o, 'resourceType') && ('configurationItemStatus' in o || 'configurationItemCaptureTime' in o),
  ),
  description(
    'ip-range',
    'AWS address range',
    (o) => ('ip_prefix' in o || 'ipv6_prefix' in o) && isText(o, 'service'),
  ),
  description(
    'credential-report',
    'row of an IAM credential report',
    (o) => 'user' in o && 'arn' in o && 'mfa_active' in o,
  ),
];

/** Answers around those descriptions, for files in which they hold none. */
export const CONTAINERS: readonly Recogniser[] = [
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
  context('instances', 'EC2 instance description', (o) => isList(o, 'Reservations')),
  context('ip-ranges', 'AWS address ranges', (o) => 'syncToken' in o && isList(o, 'prefixes')),
];

/** Files that hold no events and are recognised, by the keys of their objects. */
export const CONTEXT: readonly Recogniser[] = [
  context('flow-logs', 'flow log description', (o) => isList(o, 'FlowLogs')),
  context(
    'description',
    'answer of an AWS API that describes resources',
    (o) => LISTS.some((key) => isList(o, key)) || isObject(o['Trail']),
  ),
  context(
    's3-notification',
    'S3 event notification',
    (o) => typeof o['eventSource'] === 'string' && o['eventSource'].startsWith('aws:'),
  ),
  context('eventbridge', 'EventBridge event of another kind', (o) => 'detail-type' in o && 'source' in o),
  context('indicators', 'list of indicators', isIndicator),
];

/** Lists that only descriptions of resources have. */
const LISTS: readonly string[] = [
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

function description(id: string, what: string, test: Recogniser['test']): Recogniser {
  return { id, what, kind: 'record', test };
}

function context(id: string, what: string, test: Recogniser['test']): Recogniser {
  return { id, what, kind: 'context', test };
}
