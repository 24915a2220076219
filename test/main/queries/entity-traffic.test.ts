import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/main/db/database';
import { buildEntities } from '../../../src/main/entities';
import { seededRandom } from '../../../src/main/grouping/seeded-random';
import { entityRecords } from '../../../src/main/queries/entity-records';
import { flowHours, flowSides } from '../../../src/main/queries/entity-traffic';
import { Panel } from '../../../src/main/queries/panel';
import { evidenceDatabase } from '../../support/evidence';
import { ACCOUNT, context } from '../entities/record';

const HEADER =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';
const START = 1_741_608_000;
const random = seededRandom(7);
const below = (n: number) => Math.floor(random() * n);

/** Two interfaces that talk to a few peers, and to each other, over four hours. */
const LINES = Array.from({ length: 400 }, () => {
  const number = below(2);
  const own = `10.0.0.${5 + number}`;
  const peer = ['198.51.100.1', '198.51.100.2', `10.0.0.${6 - number}`][below(3)];
  const ends = random() < 0.5 ? [own, peer] : [peer, own];
  const start = START + below(4 * 3600);
  const action = random() < 0.3 ? 'REJECT' : 'ACCEPT';
  return `2 ${ACCOUNT} eni-${number} ${ends.join(' ')} ${1024 + below(9)} 443 6 3 ${below(900)} ${start} ${start + 59} ${action} OK`;
});
const UNTOLD = `2 ${ACCOUNT} eni-0 10.0.0.5 198.51.100.1 1024 443 6 3 10 ${START} ${START + 59} - OK`;

let database: Database | undefined;
afterEach(() => database?.close());

async function opened(lines: string[]): Promise<Database> {
  database = await evidenceDatabase({ flows: [HEADER, ...lines], cloudtrail: [] });
  await buildEntities(context(database.main));
  return database;
}

const ENTITIES = [
  { type: 'instance', id: 'eni-0' },
  { type: 'address', id: '198.51.100.1' },
  { type: 'address', id: '10.0.0.6' },
] as const;
const SCOPES = [
  [null, null],
  ['2025-03-10 12:20:00', '2025-03-10 14:40:00'],
  ['2025-03-10 12:00:00', '2025-03-10 12:59:59'],
] as const;

describe('traffic by the hour', () => {
  it.each(ENTITIES)('is what the flow records of $id come to', async (entity) => {
    const { main } = await opened(LINES);
    const records = await entityRecords(main, entity);
    expect(records.counted).toBe(true);
    for (const [from, to] of SCOPES)
      for (const unit of ['records', 'bytes'] as const) {
        const summed = (sides: string) =>
          new Panel(
            `SELECT date_trunc('hour', event_time) AS hour, CAST(sum(succeeded) AS BIGINT) AS s, CAST(sum(failed) AS BIGINT) AS f FROM (${sides}) GROUP BY ALL ORDER BY hour`,
            { id: entity.id, from, to },
          ).rows(main);
        const told = await summed(flowSides(records, unit));
        expect(told.length).toBeGreaterThan(0);
        expect(await summed(flowHours(records, unit))).toEqual(told);
      }
  });

  it('is not taken from the counts when a record tells no outcome', async () => {
    const { main } = await opened([...LINES, UNTOLD]);
    expect((await entityRecords(main, ENTITIES[0])).counted).toBe(false);
    expect((await entityRecords(main, ENTITIES[1])).counted).toBe(false);
    expect((await entityRecords(main, ENTITIES[2])).counted).toBe(true);
  });
});
