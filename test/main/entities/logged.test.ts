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
    'address 203.0.113.7': [2, 1],
    'bucket shop': [1, 0],
    'instance i-0123456789abcdef0': [1, 0],
    'resource evil.example': [1, 0],
    'role arn:aws:iam::111122223333:role/ops': [1, 1],
    'user arn:aws:iam::111122223333:user/eve': [1, 0],
  });
});
