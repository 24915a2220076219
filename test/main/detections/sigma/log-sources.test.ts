import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../../src/main/db/database';
import { caseWith } from '../evidence-fixture';
import { hitsOf } from './hits-of';

const flow = (dstaddr: string, port: number, action: string) =>
  `2 111122223333 eni-0a1b2c3d4e5f60718 10.0.0.5 ${dstaddr} 40000 ${port} 6 10 2000 1740992400 1740992430 ${action} OK`;
const query = (query_name: string, rcode: string, Rdata: string) => ({
  version: '1.100000',
  account_id: '111122223333',
  region: 'eu-central-1',
  vpc_id: 'vpc-1',
  query_timestamp: '2025-03-03T09:00:00Z',
  query_name,
  query_type: 'A',
  query_class: 'IN',
  rcode,
  answers: [{ Rdata, Type: 'A', Class: 'IN' }],
  srcaddr: '10.0.0.5',
  srcport: '40000',
  transport: 'UDP',
  srcids: { instance: 'i-0aaaaaaaaaaaaaaaa' },
});
const access = (ip: string, operation: string, key: string, status: number) =>
  `79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be archive [03/Mar/2025:09:00:01 +0000] ${ip} arn:aws:iam::111122223333:user/reader 3E57427F3EXAMPLE ${operation} ${key} "GET /archive/${key} HTTP/1.1" ${status} - 1024 1024 20 19 "-" "curl/8" - abc= SigV4 TLS_AES_128_GCM_SHA256 AuthHeader archive.s3.amazonaws.com TLSv1.3 - -`;
const audit = (auditID: string, name: string, groups: string[], image: string) => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Request',
  auditID,
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/pods',
  verb: 'create',
  user: { username: name, groups },
  sourceIPs: ['203.0.113.7'],
  objectRef: { resource: 'pods', namespace: 'shop', name: auditID, apiVersion: 'v1' },
  responseStatus: { code: 201 },
  requestReceivedTimestamp: '2025-03-03T09:00:00.000000Z',
  annotations: { 'authorization.k8s.io/decision': 'allow' },
  requestObject: {
    spec: { containers: [{ image: 'app' }, { image, securityContext: { privileged: true } }] },
  },
});
const web = (uri: string, action: string) => ({
  timestamp: 1740992400000,
  formatVersion: 1,
  webaclId: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/main/1',
  terminatingRuleId: 'Default_Action',
  terminatingRuleType: 'REGULAR',
  action,
  httpSourceName: 'ALB',
  httpSourceId: '111122223333-app/main/1',
  labels: [{ name: 'awswaf:bot' }],
  httpRequest: {
    clientIp: '198.51.100.9',
    country: 'DE',
    headers: [{ name: 'User-Agent', value: 'sqlmap/1.7' }],
    uri,
    args: 'id=1',
    httpVersion: 'HTTP/1.1',
    httpMethod: 'GET',
    requestId: `r${uri}`,
  },
});
const balanced = (client: string, url: string, status: number) =>
  `https 2025-03-03T09:00:00.123456Z app/main/50dc6c495c0c9188 ${client}:2817 10.0.0.1:80 0.0 0.0 0.0 ${status} 200 34 366 "GET ${url} HTTP/1.1" "curl/8" TLS_AES_128_GCM_SHA256 TLSv1.3 arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/t/1 "Root=1-1" "example.org" "-" 0 2025-03-03T09:00:00.000000Z "forward" "-" "-" "-" "-" "-" "-"`;

let database: Database;
beforeAll(async () => {
  database = await caseWith({
    flows: [flow('198.51.100.9', 22, 'ACCEPT'), flow('2001:db8::9', 443, 'REJECT')],
    dnsQueries: [
      query('Evil.example.net.', 'NOERROR', '198.51.100.9'),
      query('www.example.org.', 'NXDOMAIN', ''),
    ],
    s3Access: [
      access('198.51.100.9', 'REST.GET.OBJECT', 'secret.txt', 200),
      access('203.0.113.7', 'REST.PUT.OBJECT', 'x', 403),
    ],
    k8sAudit: [
      audit('one', 'dev', ['system:authenticated'], 'evil:1'),
      audit('two', 'admin', ['system:masters', 'ops'], 'app'),
    ],
    waf: [web('/login', 'ALLOW'), web('/.env', 'BLOCK')],
    elbAccess: [
      balanced('198.51.100.9', 'https://example.org:443/a.php', 404),
      balanced('203.0.113.7', 'https://example.org:443/', 200),
    ],
  });
});
afterAll(() => database.close());

const found = async (source: string, line: string) =>
  (
    await hitsOf(
      database,
      `title: t\nid: t\nlogsource: {${source}}\ndetection:\n  sel:\n    ${line}\n  condition: sel`,
    )
  ).get('t');

describe.each([
  [
    'product: aws, service: vpcflow',
    [
      ['dstport: 22', [1]],
      ['dst-port: 443', [2]],
      ['dstPort|lt: 100', [1]],
      ['action: reject', [2]],
      ['dstaddr|cidr: 198.51.100.0/24', [1]],
      ['dstaddr|cidr: 2001:db8::/32', [2]],
      ['interface_id|startswith: eni-', [1, 2]],
      ['bytes|gte: 2001', []],
      ['tcp-flags|exists: false', [1, 2]],
    ],
  ],
  [
    'product: aws, service: route53',
    [
      ['query_name|endswith: example.net.', [1]],
      ['query: evil*', [1]],
      ['record_type: A', [1, 2]],
      ['rcode: NXDOMAIN', [2]],
      ['answers.Rdata: 198.51.100.9', [1]],
      ['srcids.instance|startswith: i-', [1, 2]],
    ],
  ],
  ['category: dns', [['query|contains: evil', [1]]]],
  [
    'product: aws, service: s3access',
    [
      ['operation: REST.GET.OBJECT', [1]],
      ['key|endswith: .txt', [1]],
      ['http_status|gte: 400', [2]],
      ['remoteIp|cidr: 203.0.113.0/24', [2]],
      ['requester|contains: reader', [1, 2]],
      ['bucketName: archive', [1, 2]],
    ],
  ],
  [
    'product: kubernetes, service: audit',
    [
      ['user.username: DEV', [1]],
      ['user.groups: system:masters', [2]],
      ['user.groups|contains: ops', [2]],
      ['objectRef.resource: pods', [1, 2]],
      ['responseStatus.code: 201', [1, 2]],
      ['requestObject.spec.containers.image|startswith: evil', [1]],
      ['requestObject.spec.containers{}.securityContext.privileged: true', [1, 2]],
      ['annotations.authorization.k8s.io/decision: allow', [1, 2]],
      ['sourceIPs|cidr: 203.0.113.0/24', [1, 2]],
    ],
  ],
  ['product: aws, service: eks', [['verb: create', [1, 2]]]],
  [
    'product: aws, service: waf',
    [
      ['action: BLOCK', [2]],
      ['httpRequest.uri: /.env', [2]],
      ['httpRequest.country: DE', [1, 2]],
      ['httpRequest.headers.value|contains: sqlmap', [1, 2]],
      ['labels.name: awswaf:bot', [1, 2]],
      ['terminatingRuleId|startswith: Default', [1, 2]],
    ],
  ],
  [
    'product: aws, service: elb',
    [
      ['elb_status_code: 404', [1]],
      ['request_url|endswith: .php', [1]],
      ['client_ip|cidr: 203.0.113.0/24', [2]],
    ],
  ],
  [
    'category: webserver',
    [
      ['sc-status: 404', [1]],
      ['cs-uri-query|contains: a.php', [1]],
      ['cs-method: GET', [1, 2]],
      ['c-ip: 203.0.113.7', [2]],
    ],
  ],
] as const)('%s', (source, lines) => {
  test.each<readonly [string, readonly number[]]>([...lines])('%s', async (line, expected) => {
    expect(await found(source, line)).toEqual(expected);
  });
});
