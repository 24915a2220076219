import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPARED } from '../../../src/shared/contract/compare';
import { openSampleCase, type SampleCase } from './sample-case';

let sample: SampleCase;
beforeAll(async () => {
  sample = await openSampleCase();
});
afterAll(() => sample.close());

const page = { offset: 0, limit: 1 };
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);

describe('comparing', () => {
  it('two windows of time counts each value on each side, and opens exactly its records', async () => {
    const { scope: whole } = await sample.call('entity/profile', {
      entity: { type: 'account', id: await anyAccount() },
      scope: null,
    });
    const middle = new Date((Date.parse(whole.from) + Date.parse(whole.to)) / 2).toISOString();
    const a = { entity: null, scope: { from: whole.from, to: middle } };
    const b = { entity: null, scope: { from: middle, to: whole.to } };
    const { totals, dimensions } = await sample.call('compare/run', { a, b });
    expect(dimensions.map(({ id }) => id)).toEqual([...COMPARED]);
    for (const { id, rows, onlyA, onlyB, both, more, sql } of dimensions) {
      expect(onlyA + onlyB + both).toBe(rows.length + more);
      if (more === 0) {
        expect([id, rows.filter((row) => row.b === 0).length]).toEqual([id, onlyA]);
        // Every call has these; the others may be missing on a call.
        if (['api', 'service', 'account', 'error'].includes(id))
          expect({ a: sum(rows.map((row) => row.a)), b: sum(rows.map((row) => row.b)) }).toEqual(totals);
      }
      const shown = await sample.call('sql/run', { text: sql, limit: 1000 });
      expect(shown.columns[shown.names.indexOf('a')]).toEqual(rows.map((row) => row.a));
      for (const row of [rows[0], rows.at(-1)]) {
        if (!row) continue;
        for (const [side, count] of [
          [a, row.a],
          [b, row.b],
        ] as const) {
          const { total } = await sample.call('compare/records', {
            side,
            dimension: id,
            value: row.value,
            page,
          });
          expect([id, row.value, total]).toEqual([id, row.value, count]);
        }
      }
    }
  });

  it('two principals tells what one did and the other did not', async () => {
    const { principals } = await sample.call('summary/get', { scope: null });
    const [one, two] = principals.map(({ type, id }) => ({ type, id }));
    const { totals, dimensions } = await sample.call('compare/run', {
      a: { entity: one!, scope: null },
      b: { entity: two!, scope: null },
    });
    const of = async (entity: typeof one) =>
      (await sample.call('entity/profile', { entity: entity!, scope: null })).apis;
    const [apisA, apisB] = [await of(one), await of(two)];
    const names = (apis: typeof apisA) => new Set(apis.map(({ service, api }) => `${service}:${api}`));
    const api = dimensions.find(({ id }) => id === 'api')!;
    expect(api.onlyA).toBe([...names(apisA)].filter((name) => !names(apisB).has(name)).length);
    expect(totals.a).toBe(sum(apisA.map((row) => row.succeeded + row.failed)));
  });

  async function anyAccount(): Promise<string> {
    const { columns } = await sample.call('sql/run', { text: 'SELECT min(account_id) FROM calls', limit: 1 });
    return String(columns[0]?.[0]);
  }
});
