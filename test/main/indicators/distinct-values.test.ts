import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { Database } from '../../../src/main/db/database';
import { attachEvidence, createDerivedTables } from '../../../src/main/evidence/views';
import { hitsOf } from '../../../src/main/indicators/hits';
import type { IndicatorType } from '../../../src/main/indicators/indicator';

const EVIL = 'Mozilla/5.0 (Windows NT 10.0; Win64) Evil/7  two  spaces Chrome/1';
const PLAIN = 'Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/1';

let folder: string;
let database: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-sweep-'));
  database = await Database.open();
  const { main } = database;
  await attachEvidence(main, await CaseFolder.create(join(folder, 'case'), 'Sweep'));
  await createDerivedTables(main);
  await main.run(
    `INSERT INTO calls BY NAME SELECT unnest([$evil, $evil, $plain]) AS user_agent, TIMESTAMP '2025-01-01' AS event_time`,
    { evil: EVIL, plain: PLAIN },
  );
  // Records 1 and 2 have the same answers; record 3 names an address twice.
  await main.run(
    `CREATE OR REPLACE TEMP VIEW dns_queries AS SELECT * REPLACE (r AS record_no, TIMESTAMP '2025-01-01' + to_hours(r) AS event_time, a AS answers)
     FROM (SELECT * FROM dns_queries_all) RIGHT JOIN (VALUES
       (1, '[{"Rdata":"198.51.100.7"},{"Rdata":"198.51.100.8"}]'), (2, '[{"Rdata":"198.51.100.7"},{"Rdata":"198.51.100.8"}]'),
       (3, '[{"Rdata":"198.51.100.7"},{"Rdata":"198.51.100.7"}]'), (4, NULL)) v(r, a) ON false`,
  );
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

function hitsOfValues(type: IndicatorType, values: readonly string[]) {
  const indicators = values.map((value) => ({ type, value, label: '', severity: 'high' as const }));
  const list = {
    name: 'list.txt',
    importedAt: '',
    sha256: '',
    format: 'text' as const,
    indicators,
    skipped: [],
  };
  return hitsOf(database.main, [list]);
}

describe('the sweep over distinct values', () => {
  it.each([
    ['evil/7', 2],
    ['(windows nt 10.0; win64)', 3],
    ['NT 10.0; Win64) Evil/', 2],
    ['il/7  two  spaces Chr', 2],
    ['win64) evil', 2],
    ['windows nt', 3],
    ['Windows NT 10.1; Win64)', 0],
    ['Windows 10.0; Win64)', 0],
    ['Evil/7 two', 0],
  ])('finds the user agent "%s" in %i calls', async (value, records) => {
    const hits = await hitsOfValues('userAgent', [value]);
    expect(hits.reduce((sum, hit) => sum + hit.records, 0)).toBe(records);
  });

  it('counts the records that answer with an address, each once', async () => {
    const hits = await hitsOfValues('address', ['198.51.100.7', '198.51.100.8']);
    expect(
      hits.map(({ value, place, records, first, last }) => [value, place, records, first, last]),
    ).toEqual([
      ['198.51.100.7', 'answers', 3, '2025-01-01T01:00:00.000000Z', '2025-01-01T03:00:00.000000Z'],
      ['198.51.100.8', 'answers', 2, '2025-01-01T01:00:00.000000Z', '2025-01-01T02:00:00.000000Z'],
    ]);
  });
});
