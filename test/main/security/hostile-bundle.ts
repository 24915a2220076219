import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names an intruder may give to users, roles, buckets, agents and all that is logged as text. */
export const PAYLOADS: readonly string[] = [
  '<script>globalThis.pwned=1</script>',
  '"><img src=x onerror="globalThis.pwned=1">',
  "<svg/onload='globalThis.pwned=1'>",
  '</style><iframe srcdoc="<script>parent.pwned=1</script>">',
  '[click](javascript:globalThis.pwned=1) ![x](https://evil.example/p.png)',
  '=HYPERLINK("https://evil.example","pay")',
  '+cmd|/c calc!A1',
  '@SUM(1+1)*cmd|calc',
  '\u001b[2J\u001b]0;pwned\u0007\u001b[31m',
  '\u202egnp.exe\u202c\u2066x\u2069',
  '../../../../etc/passwd',
  "'; DROP TABLE events; --",
  '$id {{scoped}} ${globalThis.pwned=1} %s %n',
  '__proto__',
  'constructor.prototype.pwned',
  '\ud800 lone \udc00',
  'a'.repeat(5_000),
];

const ACCOUNT = '111122223333';
const CALLS = [
  ['iam.amazonaws.com', 'CreateUser'],
  ['iam.amazonaws.com', 'AttachUserPolicy'],
  ['iam.amazonaws.com', 'CreateAccessKey'],
  ['s3.amazonaws.com', 'GetObject'],
  ['ec2.amazonaws.com', 'AuthorizeSecurityGroupIngress'],
  ['cloudtrail.amazonaws.com', 'StopLogging'],
  ['cloudtrail.amazonaws.com', 'DeleteTrail'],
] as const;

/** One intrusion for each payload, which stands in every free field. */
function callsOf(payload: string, day: number): object[] {
  const arn = `arn:aws:iam::${ACCOUNT}:user/${payload}`;
  return CALLS.map(([eventSource, eventName], i) => ({
    eventVersion: '1.08',
    eventTime: new Date(Date.UTC(2024, 4, 1 + day, 10, i)).toISOString().replace('.000', ''),
    eventID: `00000000-0000-4000-8000-${String(day * 100 + i).padStart(12, '0')}`,
    eventSource,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: i % 2 === 0 ? `45.83.64.${String(day + 1)}` : payload,
    userAgent: payload,
    recipientAccountId: ACCOUNT,
    ...(i === 4 ? { errorCode: payload, errorMessage: payload } : {}),
    userIdentity: {
      type: 'IAMUser',
      arn,
      accountId: ACCOUNT,
      principalId: payload,
      accessKeyId: `AKIAEXAMPLE${String(day).padStart(9, '0')}`,
      userName: payload,
    },
    requestParameters: {
      userName: payload,
      bucketName: payload,
      key: payload,
      name: payload,
      [payload.slice(0, 300)]: payload,
    },
    responseElements: { accessKey: { accessKeyId: payload, userName: payload } },
    resources: [{ ARN: `arn:aws:s3:::${payload}`, accountId: ACCOUNT, type: payload }],
    [`extra ${payload.slice(0, 300)}`]: { [payload.slice(0, 300)]: payload },
  }));
}

function finding(payload: string, day: number): object {
  const time = new Date(Date.UTC(2024, 4, 1 + day, 10, 20)).toISOString();
  return {
    schemaVersion: '2.0',
    accountId: ACCOUNT,
    region: 'eu-west-1',
    partition: 'aws',
    id: `finding-${String(day)}`,
    arn: `arn:aws:guardduty:eu-west-1:${ACCOUNT}:detector/d/finding/finding-${String(day)}`,
    type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller',
    title: payload,
    description: payload,
    severity: 8,
    createdAt: time,
    updatedAt: time,
    resource: {
      resourceType: 'AccessKey',
      accessKeyDetails: {
        accessKeyId: `AKIAEXAMPLE${String(day).padStart(9, '0')}`,
        principalId: payload,
        userType: 'IAMUser',
        userName: payload,
      },
    },
    service: {
      serviceName: 'guardduty',
      detectorId: 'd',
      count: 1,
      archived: false,
      eventFirstSeen: time,
      eventLastSeen: time,
      resourceRole: 'TARGET',
    },
  };
}

function audit(payload: string, day: number): object {
  const time = new Date(Date.UTC(2024, 4, 1 + day, 11)).toISOString();
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'RequestResponse',
    auditID: `audit-${String(day)}`,
    stage: 'ResponseComplete',
    requestURI: `/api/v1/namespaces/${payload}/pods/x/exec`,
    verb: 'create',
    user: { username: payload, groups: [payload] },
    sourceIPs: ['45.83.64.9'],
    userAgent: payload,
    objectRef: { resource: 'pods', namespace: payload, name: payload, subresource: 'exec', apiVersion: 'v1' },
    responseStatus: { code: 101 },
    requestReceivedTimestamp: time,
    stageTimestamp: time,
  };
}

/** Writes the bundle; gives how many records each source holds. */
export async function writeHostileBundle(
  folder: string,
): Promise<{ calls: number; findings: number; audits: number }> {
  await mkdir(folder, { recursive: true });
  const calls = PAYLOADS.flatMap(callsOf);
  const findings = PAYLOADS.map(finding);
  const audits = PAYLOADS.map(audit);
  const lines = (records: readonly object[]) =>
    `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
  await writeFile(join(folder, '<img src=x onerror=pwned=1>.json'), JSON.stringify({ Records: calls }));
  await writeFile(join(folder, '=cmd.jsonl'), lines(findings));
  await writeFile(join(folder, '--audit.jsonl'), lines(audits));
  return { calls: calls.length, findings: findings.length, audits: audits.length };
}
