import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Values that no screen may show: each stands where logs of AWS are known to carry one. */
export const SECRETS = {
  accessKey: 'wJalrPLANTEDk7MDENGbPxRfiCYSECRETKEY0000',
  sessionToken: `IQoJPLANTEDsessiontoken${'Q1w2'.repeat(20)}`,
  password: 'Planted-Pa55word"with\\escapes',
  databasePassword: 'PlantedDbPa55',
  userData: 'UExBTlRFRC11c2VyLWRhdGEtc2NyaXB0',
  variable: 'planted-variable-secret',
  presigned: 'plantedsignature0123456789abcdef0123456789abcdef',
  presignedOld: 'PlantedV2Signature%3D',
  kubernetes: 'cGxhbnRlZC1rdWJlcm5ldGVzLXNlY3JldA==',
  bearer: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.plantedsignaturepart',
  cookie: 'sid=planted-cookie-of-a-session',
  header: 'planted-api-key-in-a-header',
  query: 'planted-token-in-a-query',
} as const;

const ACCOUNT = '111122223333';
const ARN = `arn:aws:iam::${ACCOUNT}:user/mallory`;
const PRESIGNED = `X-Amz-Signature=${SECRETS.presigned}&X-Amz-Security-Token=${SECRETS.sessionToken}`;

function call(i: number, eventSource: string, eventName: string, rest: object): object {
  return {
    eventVersion: '1.08',
    eventTime: `2024-05-01T10:${String(i).padStart(2, '0')}:00Z`,
    eventID: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '45.83.64.1',
    userAgent: `curl/8 (Authorization: Bearer ${SECRETS.bearer})`,
    recipientAccountId: ACCOUNT,
    userIdentity: {
      type: 'IAMUser',
      arn: ARN,
      accountId: ACCOUNT,
      principalId: 'AIDAEXAMPLE0000000001',
      accessKeyId: 'AKIAEXAMPLE000000001',
      userName: 'mallory',
    },
    ...rest,
  };
}

const CALLS = [
  call(1, 'iam', 'CreateUser', { requestParameters: { userName: 'backdoor' } }),
  call(2, 'iam', 'AttachUserPolicy', {
    requestParameters: { userName: 'backdoor', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  }),
  call(3, 'iam', 'CreateAccessKey', {
    requestParameters: { userName: 'backdoor' },
    responseElements: {
      accessKey: { accessKeyId: 'AKIAEXAMPLE000000002', secretAccessKey: SECRETS.accessKey },
    },
  }),
  call(4, 'iam', 'CreateLoginProfile', {
    requestParameters: { userName: 'backdoor', password: SECRETS.password },
    errorCode: 'ValidationError',
    errorMessage: `refused: ${JSON.stringify({ newPassword: SECRETS.password })}`,
  }),
  call(5, 'sts', 'AssumeRole', {
    requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/ops`, roleSessionName: 'x' },
    responseElements: {
      credentials: { accessKeyId: 'ASIAEXAMPLE000000003', sessionToken: SECRETS.sessionToken },
    },
  }),
  call(6, 'rds', 'CreateDBInstance', { requestParameters: { masterUserPassword: SECRETS.databasePassword } }),
  call(7, 'ec2', 'ModifyInstanceAttribute', {
    requestParameters: { instanceId: 'i-0123456789abcdef0', userData: { value: SECRETS.userData } },
  }),
  call(8, 'ec2', 'RunInstances', { requestParameters: { userData: SECRETS.userData } }),
  call(9, 'ecs', 'RegisterTaskDefinition', {
    requestParameters: {
      environment: [{ name: 'DB_PASSWORD', value: SECRETS.variable }],
      body: JSON.stringify({
        API_TOKEN: SECRETS.variable,
        inner: JSON.stringify({ password: SECRETS.password }),
      }),
    },
  }),
  call(10, 's3', 'GetObject', {
    requestParameters: { bucketName: 'b', key: 'k', 'X-Amz-Signature': SECRETS.presigned },
    additionalEventData: { url: `https://b.example/k?${PRESIGNED}` },
  }),
  call(11, 'cloudtrail', 'StopLogging', { requestParameters: { name: 'trail' } }),
];

const AUDIT = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: '0a1b2c3d-0001-4000-8000-000000000001',
  stage: 'ResponseComplete',
  requestURI: `/api/v1/namespaces/shop/secrets/db?access_token=${SECRETS.query}`,
  verb: 'get',
  user: { username: 'ops', groups: ['system:masters'] },
  sourceIPs: ['203.0.113.7'],
  userAgent: 'kubectl/v1.29.0',
  objectRef: { resource: 'secrets', namespace: 'shop', name: 'db', apiVersion: 'v1' },
  responseStatus: { code: 200 },
  responseObject: {
    kind: 'Secret',
    metadata: {
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
          kind: 'Secret',
          stringData: { word: SECRETS.kubernetes },
        }),
      },
    },
    data: { 'tls.key': SECRETS.kubernetes },
  },
  requestReceivedTimestamp: '2024-05-01T11:00:00.000000Z',
  stageTimestamp: '2024-05-01T11:00:00.000000Z',
};

const WAF = {
  timestamp: Date.UTC(2024, 4, 1, 12),
  formatVersion: 1,
  webaclId: `arn:aws:wafv2:eu-west-1:${ACCOUNT}:regional/webacl/w/1`,
  terminatingRuleId: 'Default_Action',
  terminatingRuleType: 'REGULAR',
  action: 'ALLOW',
  httpSourceName: 'ALB',
  httpSourceId: '1',
  httpRequest: {
    clientIp: '203.0.113.7',
    country: 'DE',
    headers: [
      { name: 'Host', value: 'shop.example' },
      { name: 'X-Api-Key', value: SECRETS.header },
      { name: 'Cookie', value: SECRETS.cookie },
      { name: 'Authorization', value: `Bearer ${SECRETS.bearer}` },
    ],
    uri: '/x',
    args: `a=1&access_token=${SECRETS.query}`,
    httpVersion: 'HTTP/2.0',
    httpMethod: 'GET',
    requestId: '1-1',
  },
};

const S3 = `79a5 b [01/May/2024:12:00:00 +0000] 203.0.113.7 - R1 REST.GET.OBJECT k "GET /k?AWSAccessKeyId=AKIAEXAMPLE000000001&Signature=${SECRETS.presignedOld}&${PRESIGNED} HTTP/1.1" 200 - 10 10 7 6 "https://x.example/?token=${SECRETS.query}" "curl/8" - h= SigV4 ECDHE-RSA-AES128-SHA QueryString b.s3.amazonaws.com TLSv1.2 - -`;

const CLOUDFRONT = [
  '#Version: 1.0',
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version',
  [
    '2024-05-01\t12:00:00\tFRA2\t10\t203.0.113.7\tGET\td1.cloudfront.net\t/x\t200\t-\tcurl/8',
    `session_id=${SECRETS.query}`,
    SECRETS.cookie,
    'Hit\tq==\td1.cloudfront.net\thttps\t23\t0.001\t-\tTLSv1.3\tTLS_AES\tHit\tHTTP/2.0',
  ].join('\t'),
].join('\n');

/** A bundle whose every kind of log with free text holds secrets, and a file that cannot be read to its end. */
export async function writeSecretBundle(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const put = (name: string, text: string) => writeFile(join(folder, name), `${text}\n`);
  await put(`${ACCOUNT}_CloudTrail_eu-west-1_20240501T1000Z_a.json`, JSON.stringify({ Records: CALLS }));
  await put(
    'broken.json',
    `{"Records":[${JSON.stringify(CALLS[2])},{"eventName":"X","sessionToken":"${SECRETS.sessionToken}`,
  );
  await put('audit.jsonl', JSON.stringify(AUDIT));
  await put('waf.jsonl', JSON.stringify(WAF));
  await put('s3-access.log', S3);
  await put('cloudfront.log', CLOUDFRONT);
}
