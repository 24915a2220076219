import { afterAll, beforeAll, expect, test } from 'vitest';
import { newTraffic } from '../../../src/main/baselines';
import { Database } from '../../../src/main/db/database';
import { emptyDerived } from '../../support/evidence';

const MIB = 1024 * 1024;
let database: Database;

interface Hour {
  readonly host: string;
  readonly day: number;
  readonly hour?: number;
  readonly peer: string;
  readonly port?: number;
  readonly direction?: 'in' | 'out';
  readonly out?: number;
  readonly rejected?: number;
}

async function put(rows: readonly Hour[]): Promise<void> {
  for (const { host, day, hour = 10, peer, port = 443, direction = 'out', out = MIB, rejected = 0 } of rows)
    await database.main.run(
      `INSERT INTO flow_activity BY NAME SELECT make_timestamp(2024, 5, ${day}, ${hour}, 0, 0) AS hour, '111122223333' AS account_id, 'eni-' || $host AS interface_id,
         $host AS instance_id, '10.0.0.5' AS local_addr, $peer AS peer_addr, $direction AS direction, ${port} AS service_port, 6 AS protocol,
         CAST(${rejected === 0 ? 30 : 0} AS BIGINT) AS accepted, CAST(${rejected} AS BIGINT) AS rejected, 2000::BIGINT AS bytes_in, CAST(${out} AS BIGINT) AS bytes_out, 60::BIGINT AS packets`,
      { host, peer, direction },
    );
}

beforeAll(async () => {
  database = await Database.open({});
  await emptyDerived(database.main);
  const days = Array.from({ length: 10 }, (_, i) => i + 1);
  await put(
    days.flatMap((day) => ['i-a', 'i-b', 'i-wanders'].map((host) => ({ host, day, peer: '203.0.113.9' }))),
  );
  // a crawler asks another peer every day
  await put(
    days.flatMap((day) =>
      [0, 1, 2, 3].map((n) => ({ host: 'i-wanders', day, peer: `198.51.100.${day * 4 + n}` })),
    ),
  );
  await put([
    { host: 'i-a', day: 11, peer: '203.0.113.9' },
    { host: 'i-a', day: 11, peer: '192.0.2.77', port: 4444, out: 900 * MIB },
    { host: 'i-a', day: 11, peer: '10.0.0.8', port: 8443 },
    { host: 'i-a', day: 11, peer: '192.0.2.50', port: 8080, direction: 'in' },
    { host: 'i-b', day: 11, peer: '192.0.2.99', port: 22, direction: 'in', rejected: 40, out: 0 },
    { host: 'i-wanders', day: 11, peer: '198.51.100.201' },
    { host: 'i-young', day: 11, peer: '192.0.2.1', out: 900 * MIB },
  ]);
});
afterAll(() => database.close());

const scope = { from: '2024-05-11T00:00:00Z', to: '2024-05-11T23:59:59Z' };
const asked = (host: string | null) => newTraffic(database.main, { scope, baselineDays: 14, host });

test('tells the peer, the ports and the day, and nothing inside or usual', async () => {
  const rows = await asked('i-a');
  expect(rows.map(({ kind, value }) => `${kind} ${value}`).sort()).toEqual([
    'new-peer 192.0.2.77',
    'new-port answers on 8080/tcp',
    'new-port asks 4444/tcp',
    'sent-day 2024-05-11',
  ]);
  expect(rows.every(({ activeDays, mode }) => activeDays === 10 && mode === 'baseline')).toBe(true);
  expect(rows.find(({ kind }) => kind === 'new-peer')).toMatchObject({
    succeeded: 30,
    failed: 0,
    isNewForAccount: true,
    first: '2024-05-11T10:00:00.000000Z',
    last: '2024-05-11T10:59:59.999999Z',
    sampleSize: 300,
  });
});

test('is less surprised by a host that asks new peers every day, and says nothing of refused probes or without history', async () => {
  const bits = async (host: string) => (await asked(host)).find(({ kind }) => kind === 'new-peer')?.bits ?? 0;
  expect(await bits('i-wanders')).toBeLessThan((await bits('i-a')) - 3);
  expect(await asked('i-b')).toEqual([]);
  expect(await asked('i-young')).toEqual([]);
});
