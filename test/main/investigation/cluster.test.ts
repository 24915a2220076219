import { expect, test } from 'vitest';
import { buildBaselines } from '../../../src/main/baselines';
import { runDetections } from '../../../src/main/detections';
import { groupFindings } from '../../../src/main/grouping';
import { buildIncidents } from '../../../src/main/investigation';
import { loadIncidents } from '../../../src/main/investigation/load';
import { buildLineage } from '../../../src/main/lineage';
import type { Incident } from '../../../src/shared/model/incident';
import type { Evidence } from '../../support/evidence';
import { caseWith } from '../detections/evidence-fixture';
import { context, record, session } from '../entities/record';

const NODE = 'i-0123456789abcdef0';
const INSIDE = '10.0.7.21';
const OUTSIDE = '101.172.218.88';
const WORKLOAD = 'system:serviceaccount:shop:web';

interface Request {
  readonly at: string;
  readonly user: { readonly username: string; readonly groups: readonly string[]; readonly extra?: object };
  readonly verb: string;
  readonly objectRef: object;
  readonly requestObject?: object;
}

const audit = ({ at, user, verb, objectRef, requestObject }: Request) => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: `0f0e0d0c-0000-4000-8000-${at.replaceAll(':', '').padStart(12, '0')}`,
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/pods',
  verb,
  user,
  sourceIPs: [INSIDE],
  userAgent: user.username === WORKLOAD ? 'curl/7.88.1' : 'kubelet/v1.30.4',
  objectRef,
  responseStatus: { code: 201 },
  annotations: { 'authorization.k8s.io/decision': 'allow' },
  ...(requestObject ? { requestObject } : {}),
  requestReceivedTimestamp: `2025-03-03T${at}.000000Z`,
  stageTimestamp: `2025-03-03T${at}.500000Z`,
});

const workload = { username: WORKLOAD, groups: ['system:serviceaccounts', 'system:authenticated'] };
const kubelet = {
  username: 'system:node:ip-10-0-7-21.eu-central-1.compute.internal',
  groups: ['system:nodes', 'system:authenticated'],
  extra: { sessionName: [NODE] },
};
const pods = { resource: 'pods', namespace: 'shop', name: 'debug', apiVersion: 'v1' };
const breakOut = [
  audit({ at: '09:59:00', user: workload, verb: 'list', objectRef: { ...pods, name: undefined } }),
  audit({
    at: '10:01:00',
    user: workload,
    verb: 'create',
    objectRef: pods,
    requestObject: {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name: 'debug', namespace: 'shop' },
      spec: {
        hostPID: true,
        containers: [{ name: 'debug', image: 'alpine', securityContext: { privileged: true } }],
        volumes: [{ name: 'host', hostPath: { path: '/' } }],
      },
    },
  }),
  audit({ at: '10:02:00', user: workload, verb: 'create', objectRef: { ...pods, subresource: 'exec' } }),
];
const lease = audit({
  at: '08:00:00',
  user: kubelet,
  verb: 'update',
  objectRef: { resource: 'leases', namespace: 'kube-node-lease', name: 'node' },
});

async function incidentsOf(evidence: Evidence): Promise<Incident[]> {
  const database = await caseWith(evidence);
  try {
    const analysis = context(database.main);
    await runDetections(analysis);
    await buildBaselines(analysis);
    await buildLineage(analysis);
    await groupFindings(analysis);
    await buildIncidents(analysis);
    return await loadIncidents(database.main);
  } finally {
    database.close();
  }
}

test('an incident in a cluster alone begins with the first request of its subject', async () => {
  const [incident, ...others] = await incidentsOf({ k8sAudit: [lease, ...breakOut] });
  expect(others).toEqual([]);
  expect(incident?.firstIntrusion).toMatchObject({
    eventId: breakOut[0]?.auditID,
    principal: WORKLOAD,
    ip: INSIDE,
    runnerUp: null,
  });
  expect(incident?.answers.where[0]?.text).toBe(
    `The first hostile request to the cluster is list pods at 2025-03-03 09:59:00 UTC by ${WORKLOAD} from ${INSIDE} with curl/7.88.1.`,
  );
});

test('what then comes of the node’s role belongs to it, known by the requests of its kubelet', async () => {
  const call = (time: string, sourceIPAddress: string, eventName: string) =>
    record({
      eventTime: `2025-03-03T${time}Z`,
      sourceIPAddress,
      eventName,
      userIdentity: session('node', NODE, 'ASIANODE'),
    });
  const cloudtrail = [
    call('07:00:00', '198.51.100.7', 'DescribeInstances'),
    call('09:00:00', '198.51.100.7', 'DescribeInstances'),
    call('10:30:00', OUTSIDE, 'ListBuckets'),
    call('10:31:00', OUTSIDE, 'ListUsers'),
  ];
  const incidents = await incidentsOf({ k8sAudit: [lease, ...breakOut], cloudtrail });
  expect(incidents).toHaveLength(1);
  expect(incidents[0]?.firstIntrusion?.ip).toBe(OUTSIDE);
  expect(incidents[0]?.answers.where.map((s) => s.text).join(' ')).toContain('This is the likely way in.');
  expect(await incidentsOf({ k8sAudit: breakOut, cloudtrail })).toHaveLength(2);
});
