import { beforeAll, describe, expect, test } from 'vitest';
import { allFindings } from './findings-of';

const START = Date.UTC(2025, 2, 3) / 1000;
const DAY = 86_400;
const HOST = '10.0.0.10';
const ENI = 'eni-0123456789abcdef0';

interface Flow {
  readonly at: number;
  readonly from?: string;
  readonly to: string;
  readonly sport?: number;
  readonly port: number;
  readonly packets?: number;
  readonly bytes?: number;
  readonly eni?: string;
}

/** A line of the default flow log format; `at` in seconds since the start of the case. */
function flow({
  at,
  from = HOST,
  to,
  sport = 40_000,
  port,
  packets = 10,
  bytes = 2000,
  eni = ENI,
}: Flow): string {
  const start = START + at;
  return `2 111122223333 ${eni} ${from} ${to} ${String(sport)} ${String(port)} 6 ${String(packets)} ${String(bytes)} ${String(start)} ${String(start + 30)} ACCEPT OK`;
}

/** Both directions of one connection. */
const talk = (f: Flow) => [
  flow(f),
  flow({ ...f, from: f.to, to: f.from ?? HOST, sport: f.port, port: f.sport ?? 32_768 + (f.at % 28_000) }),
];

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
/** Irregular, but the same every time. */
const jitter = (i: number, most: number) => Math.imul(i ^ (i >>> 3) ^ 0x5bd1, 0x9e3779b1) % most;
const spread = (i: number, most: number) => Math.abs(jitter(i, most));

/** Much sent out in one connection on the eighth day. */
const talkUneven = (to: string, sent: number, received: number) => [
  flow({ at: 8 * DAY + 100, to, port: 443, packets: 90_000, bytes: sent }),
  flow({ at: 8 * DAY + 100, from: to, to: HOST, sport: 443, port: 40_000, packets: 90_000, bytes: received }),
];

const calledBad = (address: string) => ({
  schemaVersion: '2.0',
  accountId: '111122223333',
  region: 'eu-central-1',
  partition: 'aws',
  id: `gd-${address}`,
  arn: `arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/gd-${address}`,
  type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
  resource: { resourceType: 'AccessKey', accessKeyDetails: { accessKeyId: 'AKIAX', userName: 'x' } },
  service: {
    serviceName: 'guardduty',
    eventFirstSeen: '2025-03-11T00:00:00Z',
    eventLastSeen: '2025-03-11T00:00:00Z',
    action: { actionType: 'AWS_API_CALL', awsApiCallAction: { remoteIpDetails: { ipAddressV4: address } } },
    count: 1,
  },
  severity: 5,
  createdAt: '2025-03-11T00:00:00Z',
  updatedAt: '2025-03-11T00:00:00Z',
  title: 'called from a bad address',
  description: 'called from a bad address',
});

/** A week and more of ordinary traffic, so that the case and its host have a past. */
const ordinary = range(10 * 24).flatMap((hour) =>
  talk({
    at: spread(hour, 10 * DAY),
    to: '52.95.110.1',
    port: 443,
    bytes: 2000 + spread(hour, 50_000),
  }),
);

describe('network detectors', () => {
  let found: Awaited<ReturnType<typeof allFindings>>;
  beforeAll(async () => {
    const late = 8 * DAY;
    found = await allFindings({
      guardduty: ['91.10.161.240', '91.10.161.241'].map(calledBad),
      flows: [
        ...ordinary,
        // every ten minutes for a day, from the eighth day on, to a provider of homes
        ...range(144).flatMap((i) =>
          talk({ at: late + i * 600 + spread(i, 40), to: '91.10.161.227', port: 8443, bytes: 700 }),
        ),
        // as often, at irregular times
        ...range(144).flatMap((i) =>
          talk({
            at: late + spread(i + 1000, DAY),
            to: '91.10.161.228',
            port: 8444,
            bytes: 300 + spread(i, 90_000),
          }),
        ),
        ...talk({ at: late, to: '91.10.161.229', port: 6667 }),
        ...range(1200).map((i) =>
          flow({
            at: late + 7200 + (i % 50),
            to: '91.10.161.230',
            sport: 10_000 + i,
            port: 443,
            packets: 3,
            bytes: 120,
          }),
        ),
        ...talk({ at: late, from: '91.10.161.231', to: HOST, port: 5432, packets: 900, bytes: 3_000_000 }),
        ...talk({ at: late, from: '10.0.3.3', to: HOST, port: 5432, packets: 900, bytes: 3_000_000 }),
        // administration from Germany on four days, then from Australia
        ...range(4).flatMap((d) =>
          talk({ at: d * DAY, from: '91.10.161.232', to: HOST, port: 22, packets: 400, bytes: 90_000 }),
        ),
        ...talk({ at: late, from: '101.172.218.88', to: HOST, port: 22, packets: 400, bytes: 90_000 }),
        ...range(40).flatMap((i) =>
          talk({
            at: late + i * 60,
            from: '101.172.218.89',
            to: HOST,
            sport: 50_000 + i,
            port: 3306,
            packets: 8,
            bytes: 900,
          }),
        ),
        // guessing at two doors from two addresses, five tries from a third, and a scan of twelve ports, then of six
        ...[22, 3389].flatMap((port) =>
          range(port === 22 ? 40 : 30).flatMap((i) =>
            talk({
              at: late + i * 60,
              from: port === 22 ? '101.172.218.90' : '101.172.218.91',
              to: HOST,
              sport: 50_000 + i,
              port,
              packets: 12,
              bytes: 1500,
            }),
          ),
        ),
        ...range(5).flatMap((i) =>
          talk({
            at: late + i * 60,
            from: '101.172.218.92',
            to: HOST,
            sport: 50_000 + i,
            port: 22,
            packets: 12,
          }),
        ),
        // one port of thirty hosts without answers, and of ten
        ...range(40).map((i) =>
          flow({
            at: late + 10 + i,
            from: i < 30 ? '101.172.218.95' : '101.172.218.96',
            to: `10.0.7.${String(i + 1)}`,
            eni: `eni-7${String(i)}`,
            port: 8081,
            packets: 1,
            bytes: 40,
          }),
        ),
        // far more than ever to one address; the same both ways to another; as much to a third as on every day
        ...talkUneven('91.10.161.233', 400_000_000, 1000),
        ...talkUneven('91.10.161.234', 400_000_000, 300_000_000),
        ...range(9).flatMap((d) => [
          flow({
            at: d * DAY + 50,
            from: '10.0.9.9',
            to: '91.10.161.235',
            eni: 'eni-9',
            port: 443,
            packets: 9e4,
            bytes: 3e8,
          }),
        ]),
        // administration ports of twelve inside hosts; of twelve on every day
        ...range(12).flatMap((i) =>
          talk({ at: late + 900 + i, to: `10.0.8.${String(i + 1)}`, port: i % 2 === 0 ? 22 : 445 }),
        ),
        ...range(9 * 12).flatMap((i) =>
          talk({
            at: Math.floor(i / 12) * DAY + 900 + (i % 12),
            from: '10.0.9.8',
            to: `10.0.8.${String((i % 12) + 1)}`,
            eni: 'eni-98',
            port: 22,
          }),
        ),
        // with an address that GuardDuty calls bad: out, a little in, and refused
        ...talk({ at: late, to: '91.10.161.240', port: 443 }),
        ...talk({ at: late, from: '91.10.161.241', to: HOST, port: 443, packets: 20 }),
        ...range(18).map((i) =>
          flow({
            at: late + 10 + i,
            from: i < 12 ? '101.172.218.93' : '101.172.218.94',
            to: HOST,
            port: 7000 + i,
            packets: 1,
            bytes: 40,
          }),
        ),
      ],
    });
  });

  test('a beacon is regular, and what is irregular is none', () => {
    expect(found('vf-006').map((f) => f.severity)).toEqual(['high']);
    expect(found('vf-006')[0]?.description).toMatch(
      /91\.10\.161\.227 .*144 times, usually every (59|60)\d seconds/,
    );
  });

  test('a port of remote control never used before', () => {
    expect(found('vf-008').map((f) => f.severity)).toContain('medium');
    expect(
      found('vf-008')
        .map((f) => f.description)
        .join(' '),
    ).not.toContain('52.95.110.1');
  });

  test('a flood from more than a thousand ports', () => {
    expect(found('vf-015')).toEqual([expect.objectContaining({ severity: 'high' })]);
  });

  test('a database reached from outside, not from inside', () => {
    const findings = found('vf-005-reached');
    expect(findings.find((f) => f.description.includes('91.10.161.231'))?.severity).toBe('medium');
    expect(findings.filter((f) => f.description.includes('10.0.3.3'))).toEqual([]);
  });

  test('guessing against a database from outside', () => {
    expect(found('vf-005')).toEqual([expect.objectContaining({ severity: 'low' })]);
  });

  test('guessing at SSH and at remote desktop, each on its own; five tries are none', () => {
    const told = (id: string) => found(id).map((f) => /\d\S+ made \d+/.exec(f.description)?.[0]);
    expect(told('vf-003')).toEqual(['101.172.218.90 made 40']);
    expect(told('vf-004')).toEqual(['101.172.218.91 made 30']);
  });

  test('a scan of many ports of a host, not of a few', () => {
    expect(found('vf-002').map((f) => [f.severity, f.event_count, f.description])).toEqual([
      ['low', 12, expect.stringContaining('101.172.218.93 tried up to 12 ports')],
    ]);
  });

  test('one port probed on many hosts, not on ten', () => {
    expect(found('vf-001')).toEqual([
      expect.objectContaining({
        severity: 'low',
        event_count: 30,
        description: expect.stringMatching(/101\.172\.218\.95 tried port 8081 on up to 30 hosts/) as string,
      }),
    ]);
  });

  test('far more sent out than ever, not what flows both ways or on every day', () => {
    expect(found('vf-007').map((f) => [f.severity, /MiB to (\S+)/.exec(f.description)?.[1]])).toEqual([
      ['medium', '91.10.161.235'],
      ['high', '91.10.161.233'],
    ]);
  });

  test('administration ports of many inside hosts, unless that is usual', () => {
    const told = found('vf-009').map((f) => /^.*?(\S+) reached (\d+)/.exec(f.description)?.slice(1));
    expect(told).toContainEqual([HOST, '12']);
    expect(
      found('vf-009').filter((f) => /10\.0\.9\.8 reached/.test(f.description)).length,
    ).toBeLessThanOrEqual(1);
  });

  test('a host that calls an address GuardDuty names, not one that it calls in vain', () => {
    const told = found('vf-014').map((f) => /with (91\S+)/.exec(f.description)?.[1]);
    expect(told).toEqual(['91.10.161.240']);
  });

  test('administration from a country the host did not know', () => {
    expect(found('vf-013')).toEqual([expect.objectContaining({ severity: 'medium', event_count: 1 })]);
  });
});

describe('detectors on names, buckets and clusters', () => {
  const name = (at: number, query_name: string, host = 'i-0aaaaaaaaaaaaaaaa') => ({
    version: '1.100000',
    account_id: '111122223333',
    region: 'eu-central-1',
    vpc_id: 'vpc-1',
    query_timestamp: new Date((START + at) * 1000).toISOString(),
    query_name,
    query_type: 'TXT',
    query_class: 'IN',
    rcode: 'NOERROR',
    answers: [],
    srcaddr: HOST,
    srcport: '40000',
    transport: 'UDP',
    srcids: { instance: host },
  });
  const month = ['Jan', 'Feb', 'Mar'][2] ?? '';
  const read = (day: number, i: number, ip: string) =>
    `79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be archive [${String(day).padStart(2, '0')}/${month}/2025:09:${String(i % 60).padStart(2, '0')}:01 +0000] ${ip} arn:aws:iam::111122223333:user/reader ${String(day)}${String(i)}AB REST.GET.OBJECT o${String(i)} "GET /archive/o${String(i)} HTTP/1.1" 200 - 1024 1024 20 19 "-" "curl/8" - abc= SigV4 TLS_AES_128_GCM_SHA256 AuthHeader archive.s3.amazonaws.com TLSv1.3 - -`;
  const pod = (i: number, requestObject?: object) => ({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: requestObject ? 'Request' : 'Metadata',
    auditID: `a${String(i)}`,
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/shop/pods',
    verb: 'create',
    user: { username: 'dev' },
    sourceIPs: [HOST],
    objectRef: { resource: 'pods', namespace: 'shop', name: `p${String(i)}` },
    responseStatus: { code: 201 },
    requestReceivedTimestamp: '2025-03-03T09:00:00.000000Z',
    annotations: { 'authorization.k8s.io/decision': 'allow' },
    ...(requestObject ? { requestObject } : {}),
  });
  let found: Awaited<ReturnType<typeof allFindings>>;
  beforeAll(async () => {
    const hex = (i: number) =>
      (BigInt(i + 1) * 0x9e3779b97f4a7c15n).toString(36).padEnd(20, 'q').repeat(2).slice(0, 44);
    found = await allFindings({
      dnsQueries: [
        ...range(200).map((i) => name(8 * DAY + i, `${hex(i)}.t.example.net.`)),
        ...range(200).map((i) => name(8 * DAY + i, `www${String(i % 10)}.shop.example.org.`)),
        ...range(9).map((d) => name(d * DAY, 'usual.example.com.')),
        name(8 * DAY, 'fresh.example.info.'),
      ],
      s3Access: [
        ...range(5).flatMap((d) => [read(3 + d, 1, HOST), read(3 + d, 2, HOST)]),
        ...range(120).map((i) => read(9, i, '91.10.161.227')),
      ],
      k8sAudit: [pod(1), pod(2), pod(3, { spec: {} })],
    });
  });

  test('a tunnel in long names, not in a few short ones', () => {
    expect(found('dns-001')).toEqual([expect.objectContaining({ severity: 'high', event_count: 200 })]);
    expect(found('dns-001')[0]?.description).toContain('example.net');
  });

  test('a domain that is new after a week', () => {
    const words = found('dns-002')
      .map((f) => f.description)
      .join(' ');
    expect(words).toContain('example.info');
    expect(words).not.toContain('example.com');
  });

  test('a bucket read empty from a new address', () => {
    expect(found('s3-004')).toEqual([expect.objectContaining({ severity: 'medium', event_count: 120 })]);
  });

  test('says where the audit level leaves rules without evidence', () => {
    expect(found('ek-level')).toEqual([expect.objectContaining({ severity: 'informational' })]);
    expect(found('ek-level')[0]?.description).toContain('2 of 3 changes');
  });
});
