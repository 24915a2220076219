type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/** What a JSON document or line holds: records of a source, or a word for what else it is. */
export interface Unwrapped {
  readonly source: 'cloudtrail' | 'guardduty';
  readonly record: JsonObject;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const isCloudTrail = (r: JsonObject) =>
  'eventName' in r && ('eventSource' in r || 'userIdentity' in r) && ('eventVersion' in r || 'eventTime' in r || 'eventID' in r);
const isGuardDuty = (r: JsonObject) =>
  typeof r['type'] === 'string' && /^\w+:\w+\/\S+$/.test(r['type']) && 'severity' in r && ('service' in r || 'resource' in r);

/** `Service.EventFirstSeen` of the API's answers as `service.eventFirstSeen` of the S3 export, at every level. */
function lowerKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), lowerKeys(inner)]));
}

/**
 * The evidence records inside one parsed JSON value: plain records, `Records`, arrays, LookupEvents (a record as text
 * in `CloudTrailEvent`), EventBridge envelopes (`detail`), GetFindings answers, and one level of foreign wrapping.
 * Elements that are no record are given as null, so that positions are kept.
 */
export function unwrap(value: Json, depth = 0): (Unwrapped | null)[] {
  if (depth > 4) return [null];
  if (Array.isArray(value)) return value.flatMap((inner) => unwrap(inner, depth + 1));
  if (!isObject(value)) return [null];
  if (isCloudTrail(value)) return [{ source: 'cloudtrail', record: value }];
  if (isGuardDuty(value)) return [{ source: 'guardduty', record: value }];
  const lookedUp = value['CloudTrailEvent'];
  if (typeof lookedUp === 'string') return unwrap(parse(lookedUp), depth + 1);
  if (typeof value['Type'] === 'string' && 'Severity' in value && ('Service' in value || 'Resource' in value)) {
    return unwrap(lowerKeys(value), depth + 1);
  }
  for (const key of ['Records', 'Events', 'Findings', 'detail', 'details', 'findings', 'data']) {
    const inner = value[key];
    if (Array.isArray(inner) || isObject(inner)) {
      const found = unwrap(inner, depth + 1);
      if (found.some((f) => f !== null)) return found;
    }
  }
  return [null];
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** What a JSON value without evidence is, in plain words, and whether it is a log that cannot be read yet. */
export function describeJson(value: Json): { readonly what: string; readonly kind: 'context' | 'not-evidence' | 'unsupported' } {
  const first = Array.isArray(value) ? value[0] : value;
  if (!isObject(first)) return { what: 'JSON without log records', kind: 'not-evidence' };
  if ('digestS3Bucket' in first) return { what: 'CloudTrail digest file', kind: 'context' };
  if ('syncToken' in first && 'prefixes' in first) return { what: 'AWS address ranges', kind: 'context' };
  if ('UserDetailList' in first) return { what: 'IAM account authorization details', kind: 'context' };
  if (first['kind'] === 'Event' && typeof first['apiVersion'] === 'string' && first['apiVersion'].startsWith('audit.k8s.io')) {
    return { what: 'Kubernetes audit log', kind: 'unsupported' };
  }
  if ('ProductArn' in first && 'SchemaVersion' in first) return { what: 'Security Hub finding (ASFF)', kind: 'unsupported' };
  if (Array.isArray(first['Records']) && first['Records'].length === 0) return { what: 'empty CloudTrail file', kind: 'context' };
  return { what: 'JSON without log records', kind: 'not-evidence' };
}
