import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/main/db/database';
import { buildEntities } from '../../../src/main/entities';
import { evidenceDatabase } from '../../support/evidence';
import { ACCOUNT, context, record, user } from './record';

const HEADER =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

let database: Database | undefined;
afterEach(() => database?.close());

function flow(from: string, to: string, bytes: number, action = 'ACCEPT', protocol = 6): string {
  const [source, sourcePort] = from.split(' ');
  const [target, targetPort] = to.split(' ');
  return `2 ${ACCOUNT} eni-1 ${source} ${target} ${sourcePort} ${targetPort} ${protocol} 10 ${bytes} 1741608000 1741608060 ${action} OK`;
}

async function activity(lines: string[], cloudtrail: object[] = []): Promise<Record<string, unknown>[]> {
  database = await evidenceDatabase({ flows: [HEADER, ...lines], cloudtrail });
  await buildEntities(context(database.main));
  return database.main.rows(
    'SELECT local_addr, peer_addr, direction, service_port, accepted, rejected, bytes_in, bytes_out, instance_id FROM flow_activity ORDER BY ALL',
  );
}

describe('flow activity', () => {
  it('puts both halves of a connection under the side that serves', async () => {
    const rows = await activity([
      flow('198.51.100.9 40001', '10.0.0.5 22', 700),
      flow('10.0.0.5 22', '198.51.100.9 40001', 900),
      flow('10.0.0.5 50000', '192.0.2.1 443', 5000),
      flow('192.0.2.1 443', '10.0.0.5 50000', 100),
    ]);
    expect(rows).toMatchObject([
      {
        local_addr: '10.0.0.5',
        peer_addr: '192.0.2.1',
        direction: 'out',
        service_port: 443,
        accepted: 2,
        bytes_in: 100,
        bytes_out: 5000,
      },
      {
        local_addr: '10.0.0.5',
        peer_addr: '198.51.100.9',
        direction: 'in',
        service_port: 22,
        accepted: 2,
        bytes_in: 700,
        bytes_out: 900,
      },
    ]);
  });

  it('of two high ports takes the one that several peers used', async () => {
    const peers = ['198.51.100.1', '198.51.100.2', '198.51.100.3'];
    const rows = await activity(peers.map((peer) => flow(`${peer} 2000`, '10.0.0.5 8443', 10)));
    expect(rows.map((r) => [r['direction'], r['service_port']])).toEqual(peers.map(() => ['in', 8443]));
  });

  it('keeps ICMP without a port and rejected records apart', async () => {
    const rows = await activity([flow('198.51.100.9 0', '10.0.0.5 0', 84, 'REJECT', 1)]);
    expect(rows).toMatchObject([{ service_port: null, direction: 'in', accepted: 0, rejected: 1 }]);
  });

  it('finds the instance of an interface in the record that started it, also of the second one', async () => {
    const items = ['i-00000000000000001', 'i-00000000000000002'].map((instanceId, i) => ({
      instanceId,
      privateIpAddress: `10.0.0.${i + 4}`,
      networkInterfaceSet: { items: [{ networkInterfaceId: `eni-${2 - i}` }] },
    }));
    const started = record({
      userIdentity: user('ann', 'AKIAANN'),
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
      responseElements: { instancesSet: { items } },
    });
    const rows = await activity([flow('198.51.100.9 40001', '10.0.0.5 22', 700)], [started]);
    expect(rows).toMatchObject([{ instance_id: 'i-00000000000000002' }]);
  });
});
