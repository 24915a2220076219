import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntityRef } from '../../../src/shared/model/entity';
import type { Table } from '../../../src/shared/contract/words';
import { openSampleCase, type SampleCase } from './sample-case';

let sample: SampleCase;
beforeAll(async () => {
  sample = await openSampleCase();
});
afterAll(() => sample.close());

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const page = { offset: 0, limit: 50 };

function column(table: Table, name: string): unknown[] {
  return table.columns[table.names.indexOf(name)] ?? [];
}

async function one(sql: string): Promise<unknown> {
  const result = await sample.call('sql/run', { text: sql, limit: 1 });
  return result.columns[0]?.[0];
}

describe('evidence', () => {
  it('counts what was opened, and its sources add up to its files', async () => {
    const { sources, files } = await sample.call('evidence/overview', null);
    expect(sources.map((s) => s.source)).toEqual(['cloudtrail', 'guardduty', 'vpc-flow']);
    for (const source of sources) expect(source.records).toBe(source.unique + source.duplicates);
    expect(sources.reduce((sum, s) => sum + s.files, 0)).toBe(files.imported);
  });

  it('pages files without gaps and sorts by a column it has', async () => {
    const sort = { column: 'bytes', descending: true };
    const all = await sample.call('evidence/files', {
      state: null,
      filter: '',
      page: { offset: 0, limit: 1000 },
      sort,
    });
    const rest = await sample.call('evidence/files', {
      state: null,
      filter: '',
      page: { offset: 7, limit: 5 },
      sort,
    });
    expect(column(rest, 'file_id')).toEqual(column(all, 'file_id').slice(7, 12));
    const bytes = column(all, 'bytes') as number[];
    expect(bytes).toEqual([...bytes].sort((a, b) => b - a));
    expect(rest.total).toBe(all.total);
  });

  it('does not take a column from outside into its SQL', async () => {
    const sort = { column: 'path; DROP VIEW files', descending: false };
    const files = await sample.call('evidence/files', {
      state: 'imported',
      filter: 'CloudTrail',
      page,
      sort,
    });
    expect(files.total).toBeGreaterThan(0);
  });

  it.each([10, 100, 1000])('covers every record in %d columns or fewer', async (columns) => {
    const coverage = await sample.call('evidence/coverage', { columns });
    expect(coverage.columns).toBeLessThanOrEqual(columns);
    for (const line of coverage.lines) expect(line.counts).toHaveLength(coverage.columns);
    const records = coverage.lines.flatMap((line) => line.counts).reduce((sum, n) => sum + n, 0);
    expect(records).toBe(
      Number(
        await one(
          'SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM flows) + (SELECT count(*) FROM provider_findings)',
        ),
      ),
    );
  });
});

describe('the summary', () => {
  it('counts exactly the records of its scope, also between whole hours', async () => {
    const first = String(await one('SELECT quantile_disc(event_time, 0.31) FROM calls'));
    const last = String(await one('SELECT quantile_disc(event_time, 0.74) FROM calls'));
    const scope = { from: first, to: last };
    const { totals, principals, series } = await sample.call('summary/get', { scope });
    const within = `event_time BETWEEN TIMESTAMP '${first}' AND TIMESTAMP '${last}'`;
    expect(totals.events).toBe(await one(`SELECT count(*) FROM calls WHERE ${within}`));
    expect(totals.failed).toBe(
      await one(`SELECT count(*) FROM calls WHERE ${within} AND error_code IS NOT NULL`),
    );
    expect(series.succeeded.concat(series.failed).reduce((a, b) => a + b, 0)).toBe(totals.events);
    const [busiest] = principals;
    expect((busiest?.succeeded ?? 0) + (busiest?.failed ?? 0)).toBe(
      await one(
        `SELECT count(*) AS n FROM calls WHERE ${within} AND principal_type <> 'service' GROUP BY principal ORDER BY n DESC`,
      ),
    );
  });

  it('has sparks and a series without holes that add up', async () => {
    const { principals, sparkDays, series, totals } = await sample.call('summary/get', { scope: null });
    for (const { spark, succeeded, failed } of principals) {
      expect(spark).toHaveLength(sparkDays.length);
      expect(spark.reduce((a, b) => a + b, 0)).toBe(succeeded + failed);
    }
    const steps = new Set(series.times.slice(1).map((t, i) => Date.parse(t) - Date.parse(series.times[i]!)));
    expect(steps.size).toBe(1);
    expect(series.succeeded.concat(series.failed).reduce((a, b) => a + b, 0)).toBe(totals.events);
  });

  it('leaves out the services of AWS', async () => {
    const { principals } = await sample.call('summary/get', { scope: null });
    expect(principals.length).toBeGreaterThan(3);
    expect(principals.map((p) => p.type)).not.toContain('service');
  });

  it('shows SQL that gives what the panel shows', async () => {
    const summary = await sample.call('summary/get', { scope: null });
    const run = (name: string) => sample.call('sql/run', { text: summary.sql[name]!, limit: 1000 });
    const principals = await run('principals');
    expect(principals.columns[principals.names.indexOf('id')]).toEqual(summary.principals.map((p) => p.id));
    expect(principals.columns[principals.names.indexOf('failed')]).toEqual(
      summary.principals.map((p) => p.failed),
    );
    const series = await run('series');
    expect(series.columns[0]).toEqual(summary.series.times);
    expect((await run('totals')).columns.map((c) => c[0])).toEqual(Object.values(summary.totals));
    expect((await run('instances')).rowCount).toBe(summary.instances.length);
    expect((await run('newBehaviour')).rowCount).toBe(summary.newBehaviour.length);
    expect((await run('incidents')).columns[0]).toEqual(summary.incidents.map((i) => i.id));
  });
});

describe('incidents and findings', () => {
  it('lead from the list to the records', async () => {
    const [top] = await sample.call('incidents/list', null);
    expect(top).toBeDefined();
    const { incident, findings } = await sample.call('incidents/get', { id: top!.id });
    expect(findings.map((f) => f.id).sort()).toEqual([...incident.findingIds].sort());
    expect(findings.every((f) => f.incidentId === top!.id)).toBe(true);
    const timeline = await sample.call('incidents/timeline', {
      id: top!.id,
      page: { offset: 0, limit: 1000 },
    });
    expect(timeline.total).toBe(top!.events);
    const times = column(timeline, 'event_time') as string[];
    expect(times).toEqual([...times].sort());
    const graph = await sample.call('incidents/graph', { id: top!.id });
    expect(graph.nodes.filter((n) => n.kind === 'finding')).toHaveLength(findings.length);
  });

  it('opens every finding and counts its records', async () => {
    const { rows, total } = await sample.call('findings/list', {
      severity: null,
      filter: '',
      page,
      sort: null,
    });
    expect(rows.length).toBe(Math.min(total, 50));
    for (const row of rows.slice(0, 12)) {
      const details = await sample.call('findings/get', { id: row.id });
      expect(details.finding).toEqual(row);
      const records = await sample.call('findings/records', { id: row.id, page });
      // A provider tells itself how often it saw a thing; its finding is one record.
      const isTold = details.sources.some((source) => source.provider !== 'coldtrail');
      if (!isTold) expect([row.title, records.total]).toEqual([row.title, row.count]);
    }
  });

  it('filters findings by severity and text', async () => {
    const high = await sample.call('findings/list', { severity: 'high', filter: '', page, sort: null });
    expect(new Set(high.rows.map((r) => r.severity))).toEqual(new Set(['high']));
    const none = await sample.call('findings/list', { severity: null, filter: "'; --", page, sort: null });
    expect(none.total).toBe(0);
  });

  it('refuses ids it does not have', async () => {
    await expect(sample.call('incidents/get', { id: 'inc-none' })).rejects.toMatchObject({
      code: 'incident.unknown',
    });
    await expect(sample.call('findings/get', { id: 'none' })).rejects.toMatchObject({
      code: 'finding.unknown',
    });
    await expect(
      sample.call('records/get', { kind: 'cloudtrail', fileId: 1, recordNo: 999_999 }),
    ).rejects.toMatchObject({ code: 'record.unknown' });
    await expect(
      sample.call('records/get', { kind: 'files; --', fileId: 1, recordNo: 1 }),
    ).rejects.toMatchObject({ code: 'record.unknown' });
  });
});

describe('records', () => {
  it('come back byte for byte from their original', async () => {
    const [top] = await sample.call('incidents/list', null);
    const timeline = await sample.call('incidents/timeline', { id: top!.id, page: { offset: 0, limit: 3 } });
    const kind = String(column(timeline, 'source')[0]);
    const fileId = Number(column(timeline, 'file_id')[0]);
    const recordNo = Number(column(timeline, 'record_no')[0]);
    const record = await sample.call('records/get', { kind, fileId, recordNo });
    expect(record).toMatchObject({ exact: true, hashMatches: true, recordNo });
    expect(record.sha256).toMatch(/^[0-9a-f]{64}$/);
    const id = record.fields.find((f) => f.name === 'event_id')?.value;
    if (id !== undefined) expect(record.original).toContain(id);
  });
});

describe('entities', () => {
  it('of every type have a profile whose count is that of its records', async () => {
    const result = await sample.call('sql/run', {
      text: `SELECT entity_type, entity_id, events FROM entities WHERE events > 0
             QUALIFY row_number() OVER (PARTITION BY entity_type ORDER BY events DESC, entity_id) <= 2 ORDER BY ALL`,
      limit: 100,
    });
    const [types, ids, events] = result.columns as [EntityRef['type'][], string[], number[]];
    expect(new Set(types).size).toBeGreaterThanOrEqual(9);
    for (const [i, type] of types.entries()) {
      const entity = { type, id: ids[i]! };
      const profile = await sample.call('entity/profile', { entity, scope: null });
      const records = await sample.call('entity/records', { entity, scope: null, filter: '', page });
      const label = `${type} ${entity.id}`;
      expect([label, profile.entity.events]).toEqual([label, records.total]);
      if (type !== 'instance') expect([label, records.total]).toEqual([label, events[i]]);
      const { charts } = await sample.call('entity/volume', { entity, scope: null, baselineDays: 5 });
      const counted = charts.filter(({ unit }) => unit === 'records');
      expect(sum(counted.flatMap(({ succeeded, failed }) => [...succeeded, ...failed]))).toBe(records.total);
      for (const { kind, succeeded, failed } of counted) {
        const of = await sample.call('entity/records', {
          entity,
          scope: null,
          filter: '',
          source: kind,
          page,
        });
        expect([kind, sum(succeeded) + sum(failed)]).toEqual([kind, of.total]);
      }
    }
  });

  it('have a scope, a filter and SQL of their panels', async () => {
    const { principals } = await sample.call('summary/get', { scope: null });
    const entity = { type: principals[0]!.type, id: principals[0]!.id };
    const whole = await sample.call('entity/profile', { entity, scope: null });
    const middle = new Date((Date.parse(whole.scope.from) + Date.parse(whole.scope.to)) / 2).toISOString();
    const scope = { from: whole.scope.from, to: middle };
    const half = await sample.call('entity/profile', { entity, scope });
    expect(half.entity.events).toBeLessThan(whole.entity.events);
    const api = half.apis[0]!;
    const filtered = await sample.call('entity/records', { entity, scope, filter: api.api, page });
    expect(filtered.total).toBeGreaterThanOrEqual(api.succeeded + api.failed);
    for (const [name, text] of Object.entries(half.sql)) {
      const { rowCount } = await sample.call('sql/run', { text, limit: 5000 });
      const shown = half[name as 'apis'];
      if (Array.isArray(shown)) expect([name, rowCount]).toEqual([name, shown.length]);
    }
  });

  it('that no record names are unknown', async () => {
    const entity = { type: 'role', id: 'arn:aws:iam::1:role/nobody' } as const;
    await expect(sample.call('entity/profile', { entity, scope: null })).rejects.toMatchObject({
      code: 'entity.unknown',
    });
  });
});

describe('investigations and the graph', () => {
  it('run on the principal of the first intrusion', async () => {
    const [top] = await sample.call('incidents/list', null);
    const { incident } = await sample.call('incidents/get', { id: top!.id });
    const actor = incident.entities.find((e) => e.role === 'actor')!;
    const entity = { type: actor.type, id: actor.id };
    const report = await sample.call('investigation/run', { entity, scope: null });
    expect(report.ttps.length).toBeGreaterThan(0);
    expect(report.incidents).toContain(top!.id);
    const around = await sample.call('graph/neighbours', { entity, scope: null, limit: 20 });
    expect(around.nodes.length).toBeGreaterThan(1);
  });

  it('measure a scope by the days before it, bucket by bucket, with the SQL that gives the same', async () => {
    const { principals } = await sample.call('summary/get', { scope: null });
    const entity = { type: principals[0]!.type, id: principals[0]!.id };
    const { scope: whole } = await sample.call('entity/profile', { entity, scope: null });
    const scope = { from: `${whole.to.slice(0, 10)}T00:00:00.000000Z`, to: whole.to };
    const { axis, charts } = await sample.call('entity/volume', { entity, scope, baselineDays: 3 });
    expect(Date.parse(scope.from) - Date.parse(axis.from)).toBe(3 * 86_400_000);
    const chart = charts.find(({ kind }) => kind === 'cloudtrail')!;
    const sums = chart.times.map((_, i) => chart.succeeded[i]! + chart.failed[i]!);
    const before = sums.filter((_, i) => chart.times[i]! < scope.from);
    const mean = sum(before) / before.length;
    const deviation = Math.sqrt(sum(before.map((n) => (n - mean) ** 2)) / (before.length - 1));
    expect(chart.baseline?.buckets).toBe(before.length);
    expect(chart.baseline?.mean).toBeCloseTo(mean, 9);
    expect(chart.baseline?.deviation).toBeCloseTo(deviation, 9);
    const shown = await sample.call('sql/run', { text: chart.sql, limit: 5000 });
    expect(shown.columns[shown.names.indexOf('succeeded')]).toEqual(chart.succeeded);
    const width = Date.parse(chart.times[1]!) - Date.parse(chart.times[0]!);
    for (const i of [before.length, sums.indexOf(Math.max(...sums))]) {
      const to = new Date(Date.parse(chart.times[i]!) + width - 1).toISOString().replace('Z', '999Z');
      const bucket = { from: chart.times[i]!, to: to < axis.to ? to : axis.to };
      const of = await sample.call('entity/records', {
        entity,
        scope: bucket,
        filter: '',
        source: 'cloudtrail',
        page,
      });
      expect(of.total).toBe(sums[i]);
    }
    const first = await sample.call('entity/volume', { entity, scope: null, baselineDays: 3 });
    expect(first.charts.every(({ baseline }) => baseline === null)).toBe(true);
  });
});
