import { expect, test } from 'vitest';
import { buildEntities } from '../../../src/main/entities';
import { evidenceDatabase } from '../../support/evidence';

test('the other logs name callers, keys, addresses, buckets, hosts and names', async () => {
  const database = await evidenceDatabase({
    k8sAudit: [
      {
        apiVersion: 'audit.k8s.io/v1',
        auditID: 'a1',
        stage: 'ResponseComplete',
        verb: 'list',
        user: {
          username: 'ops',
          extra: {
            arn: ['arn:aws:sts::111122223333:assumed-role/ops/ada'],
            accessKeyId: ['ASIAEXAMPLE000000001'],
          },
        },
        sourceIPs: ['203.0.113.7'],
        responseStatus: { code: 403 },
        requestReceivedTimestamp: '2024-05-03T10:00:00Z',
      },
      {
        apiVersion: 'audit.k8s.io/v1',
        auditID: 'a2',
        stage: 'ResponseComplete',
        verb: 'create',
        user: { username: 'system:serviceaccount:web:default' },
        objectRef: { resource: 'pods', namespace: 'web', name: 'miner' },
        requestObject: {
          spec: { containers: [{ image: 'evil/miner:1' }], initContainers: [{ image: 'busybox' }] },
        },
        sourceIPs: ['203.0.113.7'],
        responseStatus: { code: 201 },
        requestReceivedTimestamp: '2024-05-03T10:01:00Z',
      },
      {
        apiVersion: 'audit.k8s.io/v1',
        auditID: 'a3',
        stage: 'ResponseComplete',
        verb: 'create',
        user: { username: 'system:serviceaccount:web:default' },
        objectRef: { resource: 'deployments', namespace: 'web', name: 'miners' },
        requestObject: { spec: { template: { spec: { containers: [{ image: 'evil/miner:1' }] } } } },
        sourceIPs: ['203.0.113.7'],
        responseStatus: { code: 403 },
        requestReceivedTimestamp: '2024-05-03T10:02:00Z',
      },
    ],
    dnsQueries: [
      {
        query_name: 'evil.example.',
        query_timestamp: '2024-05-03T10:00:01Z',
        query_type: 'A',
        rcode: 'NOERROR',
        srcaddr: '10.0.0.5',
        srcids: { instance: 'i-0123456789abcdef0' },
      },
    ],
    s3Access: [
      'owner shop [03/May/2024:10:00:02 +0000] 203.0.113.7 arn:aws:iam::111122223333:user/eve R REST.GET.OBJECT k "GET /k HTTP/1.1" 200 - 1 1 1 1 "-" "a" - h',
    ],
  });
  await buildEntities({ connection: database.main, progress: () => undefined } as never);
  const rows = await database.main.rows<{ entity: string; events: number; failures: number }>(
    "SELECT entity_type || ' ' || entity_id AS entity, events, failures FROM entities ORDER BY entity",
  );
  database.close();
  expect(Object.fromEntries(rows.map((r) => [r.entity, [r.events, r.failures]]))).toEqual({
    'accessKey ASIAEXAMPLE000000001': [1, 1],
    'address 10.0.0.5': [1, 0],
    'address 203.0.113.7': [4, 2],
    'bucket shop': [1, 0],
    'domain evil.example': [1, 0],
    'image busybox': [1, 0],
    'image evil/miner:1': [2, 1],
    'instance i-0123456789abcdef0': [1, 0],
    'kubernetesSubject ops': [1, 1],
    'kubernetesSubject system:serviceaccount:web:default': [2, 1],
    'pod web/pods/miner': [1, 0],
    'role arn:aws:iam::111122223333:role/ops': [1, 1],
    'user arn:aws:iam::111122223333:user/eve': [1, 0],
  });
});
