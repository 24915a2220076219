import { isObject, type JsonObject } from './json-object';
import { CONTAINERS, CONTEXT, DESCRIPTIONS } from './context-shapes';
import { flowNames } from './flow-fields';
import { ocsfShapeId } from './ocsf-shapes';
import type { Recogniser, Shape } from './shape';

const isText = (value: unknown): value is string => typeof value === 'string';
const AWS_SERVICE = /\.(amazonaws\.com|aws\.internal|amazon\.com)(\.cn)?$/;
/** Keys that CloudTrail records have and hardly anything else. */
const TRAIL_KEYS = [
  'eventVersion',
  'userIdentity',
  'awsRegion',
  'sourceIPAddress',
  'eventID',
  'eventType',
  'recipientAccountId',
  'requestParameters',
];
const FINDING_TYPE = /^[A-Za-z]+:[A-Za-z0-9]+\/\S+$/;

function isCloudTrail(o: JsonObject): boolean {
  if (!('eventName' in o || 'eventTime' in o) || 's3' in o) return false;
  const marks = TRAIL_KEYS.reduce((sum, key) => sum + (key in o ? 1 : 0), 0);
  return isText(o['eventSource']) && AWS_SERVICE.test(o['eventSource']) ? marks >= 1 : marks >= 4;
}

/** Members of a record that are objects as logged, and text as Athena and CloudTrail Lake give them out. */
const PARTS = ['userIdentity', 'requestParameters', 'responseElements'];
const TEXT_PART = /^\s*\{/;

function hasTextParts(o: JsonObject): boolean {
  return PARTS.some((key) => isText(o[key]) && TEXT_PART.test(o[key]));
}

/** Columns in any spelling: `eventname` of Athena, `Event name` of the event history. */
function isCloudTrailRow(o: JsonObject): boolean {
  if ('CloudTrailEvent' in o) return false;
  if (hasTextParts(o) && isCloudTrail(o)) return true;
  const keys = new Set(Object.keys(o).map((key) => key.toLowerCase().replace(/[^a-z]/g, '')));
  if (!keys.has('eventname') || ![...keys].some((key) => /^event(?:date)?time$/.test(key))) return false;
  return ['eventid', 'eventsource', 'sourceipaddress', 'sourceip', 'username', 'useridentity'].some((key) =>
    keys.has(key),
  );
}

/** Field names as logged, or in the spelling of Athena, of Parquet or of CloudWatch Logs Insights. */
function isFlowDocument(o: JsonObject): boolean {
  const names = new Set(flowNames(Object.keys(o)));
  const has = (name: string) => names.has(name);
  return has('srcaddr') && has('dstaddr')
    ? has('interface-id') || has('tgw-id') || has('log-status') || has('start')
    : has('interface-id') && has('log-status');
}

const lettersOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Whether an object has all of these names, in any spelling. */
function named(o: JsonObject, ...names: readonly string[]): boolean {
  const letters = new Set(Object.keys(o).map(lettersOf));
  return names.every((name) => letters.has(name));
}

/** Rows of Athena and records of vended logs, by names of fields that only these logs have. */
const ACCESS_ROWS: readonly Recogniser[] = [
  {
    id: 'cloudfront-row',
    what: 'CloudFront log record as an object',
    kind: 'record',
    test: (o) => (named(o, 'xedgelocation') || named(o, 'xedgerequestid')) && named(o, 'scstatus'),
  },
  {
    id: 's3-access-row',
    what: 'S3 access log record as a row',
    kind: 'record',
    test: (o) => named(o, 'bucketowner', 'requestid', 'operation', 'remoteip'),
  },
  {
    id: 'elb-access-row',
    what: 'load balancer log record as a row',
    kind: 'record',
    test: (o) => named(o, 'elb', 'elbstatuscode') || named(o, 'elb', 'listener', 'tlscipher'),
  },
];

const isOcsf = (o: JsonObject) => ocsfShapeId(o) === 'ocsf';
const OCSF: readonly Recogniser[] = [
  ['ocsf-cloudtrail', 'CloudTrail record in OCSF'],
  ['ocsf-flow', 'VPC flow record in OCSF'],
  ['ocsf-dns', 'Route 53 Resolver query in OCSF'],
  ['ocsf-k8s', 'EKS audit event in OCSF'],
  ['ocsf-waf', 'AWS WAF log in OCSF'],
  ['ocsf-finding', 'finding in OCSF'],
].map(([id = '', what = '']) => ({ id, what, kind: 'record', test: (o) => ocsfShapeId(o) === id }));

function isGuardDuty(o: JsonObject): boolean {
  return (
    isText(o['type']) &&
    FINDING_TYPE.test(o['type']) &&
    'severity' in o &&
    ('service' in o || 'resource' in o)
  );
}

function isGuardDutyApi(o: JsonObject): boolean {
  return (
    isText(o['Type']) &&
    FINDING_TYPE.test(o['Type']) &&
    'Severity' in o &&
    ('Service' in o || 'Resource' in o)
  );
}

const isK8sAudit = (o: JsonObject) =>
  (isText(o['apiVersion']) && o['apiVersion'].startsWith('audit.k8s.io')) ||
  ('auditID' in o && ('verb' in o || 'requestURI' in o));

const SHAPES: readonly Recogniser[] = [
  {
    id: 'cloudtrail',
    what: 'CloudTrail record',
    kind: 'record',
    test: (o) => isCloudTrail(o) && !hasTextParts(o),
  },
  { id: 'guardduty', what: 'GuardDuty finding', kind: 'record', test: isGuardDuty },
  { id: 'guardduty-api', what: 'GuardDuty finding', kind: 'record', test: isGuardDutyApi },
  {
    id: 'inspector',
    what: 'Inspector finding',
    kind: 'record',
    test: (o) => isText(o['findingArn']) && 'awsAccountId' in o && 'resources' in o,
  },
  {
    id: 'macie',
    what: 'Macie finding',
    kind: 'record',
    test: (o) => isText(o['type']) && 'resourcesAffected' in o && 'accountId' in o,
  },
  {
    id: 'asff',
    what: 'Security Hub finding (ASFF)',
    kind: 'record',
    test: (o) => 'ProductArn' in o && ('SchemaVersion' in o || 'GeneratorId' in o),
  },
  { id: 'k8s-audit', what: 'Kubernetes audit event', kind: 'record', test: isK8sAudit },
  { id: 'waf', what: 'AWS WAF log', kind: 'record', test: (o) => 'webaclId' in o && 'httpRequest' in o },
  {
    id: 'resolver',
    what: 'Route 53 Resolver query log',
    kind: 'record',
    test: (o) => 'query_name' in o && 'query_timestamp' in o,
  },
  {
    id: 'cloudtrail-digest',
    what: 'CloudTrail digest file',
    kind: 'record',
    test: (o) => 'digestEndTime' in o && ('digestS3Object' in o || 'logFiles' in o),
  },
  {
    id: 'cloudtrail-public-key',
    what: 'CloudTrail public key',
    kind: 'record',
    test: (o) => 'Fingerprint' in o && 'Value' in o && 'ValidityStartTime' in o,
  },
  ...OCSF,
  { id: 'ocsf', what: 'OCSF record of a product that is not read', kind: 'unsupported', test: isOcsf },
  { id: 'cloudtrail-row', what: 'CloudTrail record as a row', kind: 'record', test: isCloudTrailRow },
  { id: 'flow-document', what: 'VPC flow record as a document', kind: 'record', test: isFlowDocument },
  ...ACCESS_ROWS,
  ...DESCRIPTIONS,
  ...CONTAINERS,
  ...CONTEXT,
  {
    id: 'stix',
    what: 'STIX object',
    kind: 'other',
    test: (o) => 'spec_version' in o || (o['type'] === 'bundle' && 'objects' in o),
  },
];

/** What an object is; null when nothing is known by its keys. */
export function shapeOf(value: unknown): Shape | null {
  return isObject(value) ? (SHAPES.find((shape) => shape.test(value)) ?? null) : null;
}
