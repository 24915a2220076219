import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TimeRange } from '../../../src/shared/model/time';
import { cellText } from '../../../src/shared/text/cell-text';
import { evidenceTables } from '../../../src/main/evidence/tables';
import { recordTables } from '../../../src/main/queries/record-tables';
import { openSampleCase, type SampleCase } from './sample-case';
import { searchAll } from './search-all';

let sample: SampleCase;
beforeAll(async () => {
  sample = await openSampleCase();
});
afterAll(() => sample.close());

async function one(sql: string): Promise<unknown> {
  const result = await sample.call('sql/run', { text: sql, limit: 1 });
  return result.columns[0]?.[0];
}

const run = (text: string, limit = 20) => sample.call('search/run', { text, scope: null, limit });
const search = (text: string, options: Parameters<typeof searchAll>[2] = {}) =>
  searchAll((request) => sample.call('search/records', request), text, options);

/** Records that hold a text in any column that holds texts, counted in JavaScript from whole rows. */
async function holding(text: string, scope: TimeRange | null): Promise<number> {
  return sample.database.ask(async ({ connection }) => {
    let count = 0;
    for (const { table, time } of recordTables) {
      const rows = await connection.rows(`SELECT *, ${time} AS its_time FROM ${table}`);
      const types = evidenceTables.find((doc) => doc.table === table)?.columns ?? [];
      const texts = types.filter(({ type }) => /VARCHAR|JSON/.test(type)).map(({ name }) => name);
      count += rows.filter((row) => {
        const at = cellText(row['its_time']);
        if (scope && (at < scope.from || at > scope.to)) return false;
        return texts.some((name) => cellText(row[name]).toLowerCase().includes(text));
      }).length;
    }
    return count;
  });
}

describe('search', () => {
  it('finds an address, its block and a pattern of it', async () => {
    const address = String(
      await one(
        "SELECT source_ip FROM calls WHERE ip_class = 'public' GROUP BY source_ip ORDER BY count(*) DESC, source_ip",
      ),
    );
    expect((await run(address)).entities[0]).toMatchObject({ type: 'address', id: address });
    const own = Number(await one(`SELECT count(*) FROM calls WHERE source_ip = '${address}'`));
    const single = await search(address);
    expect(single.total).toBeGreaterThanOrEqual(own);
    const network = `${address.split('.').slice(0, 3).join('.')}.0/24`;
    expect((await search(network)).total).toBeGreaterThanOrEqual(single.total);
    expect((await run(network)).entities.map((e) => e.id)).toContain(address);
    expect((await run(`${address.slice(0, -1)}?`)).entities.map((e) => e.id)).toContain(address);
  });

  it('does not take an address for the beginning of a longer one', async () => {
    const found = await run('10.0.0.1');
    expect(found.entities.every((e) => e.id === '10.0.0.1')).toBe(true);
  });

  it('finds calls, keys and text inside records', async () => {
    const api = String(await one('SELECT event_name FROM calls GROUP BY 1 ORDER BY count(*) DESC, 1'));
    expect((await search(api.toLowerCase())).total).toBeGreaterThanOrEqual(
      Number(await one(`SELECT count(*) FROM calls WHERE event_name = '${api}'`)),
    );
    const key = String(
      await one("SELECT access_key_id FROM calls WHERE access_key_id LIKE 'A%' ORDER BY event_time"),
    );
    expect((await run(key)).entities.map((e) => e.id)).toContain(key);
    const bucket = String(await one('SELECT bucket FROM calls WHERE bucket IS NOT NULL ORDER BY event_time'));
    expect((await search(`*${bucket.slice(2)}`)).total).toBeGreaterThan(0);
  });

  it.each(["'; DROP TABLE events; --", '%', '_', '\\', '$text', '{{scoped}}', '*'])(
    'takes %s as text',
    async (text) => {
      await run(text, 5);
      expect((await search(text, { limit: 5 })).rows.length).toBeLessThanOrEqual(5);
      expect(Number(await one('SELECT count(*) FROM events'))).toBeGreaterThan(0);
    },
  );

  it('finds nothing for nothing', async () => {
    expect(await run('  ')).toEqual({ entities: [], findings: [] });
    expect(await search('  ')).toMatchObject({ total: 0, stretches: 1 });
  });

  it.each(['amazonaws', 'eni-', '"type":', 'accessdenied', 'us-east-1', 'zzz-not-there'])(
    'counts each record that holds %s once, wherever in it',
    async (text) => {
      const range = await sample.call('summary/get', { scope: null });
      const [from = '', to = ''] = [range.sparkDays[2], range.sparkDays[4]];
      expect((await search(text)).total).toBe(await holding(text, null));
      const scope = { from, to };
      expect((await search(text, { scope })).total).toBe(await holding(text, scope));
    },
  );

  it('tells the newest records first, and no older ones than asked for', async () => {
    const all = await search('amazonaws', { limit: 1000 });
    const times = all.rows.map((row) => String(row['event_time']));
    expect(times.length).toBe(1000);
    const newest = String(await one("SELECT strftime(max(event_time), '%Y-%m-%dT%H:%M:%S') FROM calls"));
    expect(times[0]?.slice(0, 19)).toBe(newest);
    const notBefore = times[9] ?? '';
    const { records } = await sample.call('search/records', {
      ...{ text: 'amazonaws', scope: null, limit: 1000, at: 0, notBefore },
    });
    expect(records.total).toBeGreaterThan(records.rowCount);
    const told = (records.columns[records.names.indexOf('event_time')] ?? []) as string[];
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((time) => time >= notBefore)).toBe(true);
    expect([...told].sort().reverse()).toEqual(told);
  });
});
