export type JsonObject = Readonly<Record<string, unknown>>;

/** What a JSON object is, as far as its keys tell. */
export interface Shape {
  readonly id: string;
  /** In plain words, for a person. */
  readonly what: string;
  /** record: evidence of a source (`id`); unsupported: evidence that no source reads yet; context: useful, no events; other: none of these. */
  readonly kind: 'record' | 'unsupported' | 'context' | 'other';
}

interface Recogniser extends Shape {
  readonly test: (o: JsonObject) => boolean;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
  { id: 'cloudtrail', what: 'CloudTrail record', kind: 'record', test: isCloudTrail },
  { id: 'guardduty', what: 'GuardDuty finding', kind: 'record', test: isGuardDuty },
  { id: 'guardduty-api', what: 'GuardDuty finding', kind: 'record', test: isGuardDutyApi },
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
  { id: 'ocsf', what: 'OCSF record', kind: 'unsupported', test: (o) => 'class_uid' in o && 'metadata' in o },
  {
    id: 'flow-document',
    what: 'VPC flow record as JSON',
    kind: 'unsupported',
    test: (o) => ('srcaddr' in o && 'dstaddr' in o) || ('interface-id' in o && 'log-status' in o),
  },
  {
    id: 'digest',
    what: 'CloudTrail digest file',
    kind: 'context',
    test: (o) => 'digestS3Bucket' in o || 'digestStartTime' in o,
  },
  {
    id: 's3-notification',
    what: 'S3 event notification',
    kind: 'context',
    test: (o) => isText(o['eventSource']) && o['eventSource'].startsWith('aws:'),
  },
  {
    id: 'ip-ranges',
    what: 'AWS address ranges',
    kind: 'context',
    test: (o) => 'syncToken' in o && 'prefixes' in o,
  },
  {
    id: 'iam-details',
    what: 'IAM account authorization details',
    kind: 'context',
    test: (o) => 'UserDetailList' in o || 'RoleDetailList' in o,
  },
  { id: 'instances', what: 'EC2 instance description', kind: 'context', test: (o) => 'Reservations' in o },
  {
    id: 'config',
    what: 'AWS Config snapshot',
    kind: 'context',
    test: (o) => 'configurationItems' in o || 'configSnapshotId' in o,
  },
  {
    id: 'eventbridge',
    what: 'EventBridge event of another kind',
    kind: 'context',
    test: (o) => 'detail-type' in o && 'source' in o,
  },
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
