import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANES } from '../../../src/shared/contract/timeline';
import { openSampleCase, type SampleCase } from './sample-case';

let sample: SampleCase;
beforeAll(async () => {
  sample = await openSampleCase();
});
afterAll(() => sample.close());

const page = { offset: 0, limit: 20 };

async function count(sql: string): Promise<number> {
  return Number((await sample.call('sql/run', { text: sql, limit: 1 })).columns[0]?.[0]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('timeline', () => {
  it('counts every record of every source once', async () => {
    const { lanes, total } = await sample.call('timeline/lanes', {
      scope: null,
      by: 'source',
      filter: '',
      buckets: 300,
    });
    expect(lanes.map(({ id }) => id).sort()).toEqual(['cloudtrail', 'guardduty', 'vpc-flow']);
    for (const { id, total: records, succeeded, failed } of lanes) {
      const table = { cloudtrail: 'events', guardduty: 'provider_findings', 'vpc-flow': 'flows' }[id]!;
      expect(records).toBe(await count(`SELECT count(*) FROM ${table}`));
      expect(sum(succeeded) + sum(failed)).toBe(records);
    }
    expect(total).toBe(sum(lanes.map((lane) => lane.total)));
  });

  it('gives the same counts by source from hours and from records, in a scope that cuts hours', async () => {
    const { range } = await sample.call('timeline/lanes', {
      scope: null,
      by: 'source',
      filter: '',
      buckets: 20,
    });
    const at = (share: number): string =>
      new Date(
        Date.parse(range.from) + share * (Date.parse(range.to) - Date.parse(range.from)),
      ).toISOString();
    for (const scope of [null, { from: at(0.2), to: at(0.83) }, { from: at(0.501), to: at(0.56) }]) {
      const ask = { scope, by: 'source', filter: '' } as const;
      const wide = await sample.call('timeline/lanes', { ...ask, buckets: 20 });
      const narrow = await sample.call('timeline/lanes', { ...ask, buckets: 2000 });
      expect(wide.bucketMs).toBeGreaterThanOrEqual(3_600_000);
      expect(narrow.bucketMs).toBeLessThan(3_600_000);
      expect(wide.sql).toContain('flow_activity');
      const told = ({ lanes }: typeof wide): unknown[] =>
        lanes.map(({ id, total, failures }) => ({ id, total, failures }));
      expect(told(wide)).toEqual(told(narrow));
      const flows = wide.lanes.find(({ id }) => id === 'vpc-flow')?.total ?? 0;
      const { totals } = await sample.call('summary/get', { scope });
      expect(totals.flows).toBe(flows);
    }
  });

  it.each(LANES.filter((by) => by !== 'source' && by !== 'tactic'))(
    'gives the same counts by %s from hours and from records',
    async (by) => {
      const wide = await sample.call('timeline/lanes', { scope: null, by, filter: '', buckets: 200 });
      const narrow = await sample.call('timeline/lanes', { scope: null, by, filter: '', buckets: 2000 });
      expect(wide.bucketMs).toBeGreaterThan(narrow.bucketMs);
      expect(wide.lanes.map(({ id, total, failures }) => ({ id, total, failures }))).toEqual(
        narrow.lanes.map(({ id, total, failures }) => ({ id, total, failures })),
      );
      expect(wide.total).toBe(await count('SELECT count(*) FROM calls'));
    },
  );

  it('zooms to single records, whose page is what the bars count', async () => {
    const { range } = await sample.call('timeline/lanes', {
      scope: null,
      by: 'principal',
      filter: '',
      buckets: 100,
    });
    const middle = (Date.parse(range.from) + Date.parse(range.to)) / 2;
    const iso = (ms: number) => new Date(ms).toISOString().replace('.000', '');
    const scope = {
      from: iso(Math.floor(middle / 1000) * 1000 - 7_200_000),
      to: iso(Math.floor(middle / 1000) * 1000),
    };
    const zoomed = await sample.call('timeline/lanes', { scope, by: 'principal', filter: '', buckets: 2000 });
    const [first] = zoomed.lanes;
    const records = await sample.call('timeline/records', {
      scope,
      by: 'principal',
      lane: first!.id,
      filter: '',
      page,
    });
    expect(records.total).toBe(first!.total);
    expect(zoomed.total).toBe(
      await count(`SELECT count(*) FROM calls WHERE event_time BETWEEN '${scope.from}' AND '${scope.to}'`),
    );
  });

  it('filters lines and records alike', async () => {
    const asked = { scope: null, by: 'principal', filter: 'GetCallerIdentity' } as const;
    const { lanes, total } = await sample.call('timeline/lanes', { ...asked, buckets: 100 });
    expect(lanes.length).toBeGreaterThan(0);
    expect(total).toBe(await count("SELECT count(*) FROM calls WHERE event_name = 'GetCallerIdentity'"));
    const records = await sample.call('timeline/records', { ...asked, lane: lanes[0]!.id, page });
    expect(records.total).toBe(lanes[0]!.total);
  });

  it('marks findings, incidents and the time the intruder switched logging off', async () => {
    const { findings, incidents, blind } = await sample.call('timeline/lanes', {
      scope: null,
      by: 'tactic',
      filter: '',
      buckets: 100,
    });
    expect(findings).toHaveLength(await count('SELECT count(*) FROM findings'));
    expect(incidents).toHaveLength(await count('SELECT count(*) FROM incidents'));
    expect(blind.map(({ call }) => call)).toContain('StopLogging');
    for (const span of blind) expect(span.to >= span.from).toBe(true);
  });

  it('reproduces its figures with the SQL it shows', async () => {
    const { lanes, sql } = await sample.call('timeline/lanes', {
      scope: null,
      by: 'service',
      filter: "it's",
      buckets: 100,
    });
    const shown = await sample.call('sql/run', { text: sql, limit: 100 });
    expect(shown.rowCount).toBe(lanes.length);
  });
});
