import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceTables } from '../../../src/main/evidence/tables';
import { EXPORT_FORMATS } from '../../../src/main/exports/export-case';
import { verify } from '../../../src/main/ingest/verify';
import { buildReport } from '../../../src/main/report/build';
import { renderReportPage } from '../../../src/main/report/render/html';
import type { EntityRef } from '../../../src/shared/model/entity';
import { exported } from '../exports/exported';
import { caseOf, type SampleCase } from '../queries/sample-case';
import { writeEveryField } from './every-field';
import { expectInert } from './inert';

let hostile: SampleCase;
let written: Awaited<ReturnType<typeof writeEveryField>>;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-every-field-'));
  written = await writeEveryField(join(folder, 'bundle'));
  hostile = await caseOf(folder, join(folder, 'bundle'), 14);
}, 240_000);
afterAll(() => hostile.close());

describe('hostile text in each field of each source', () => {
  it('leaves every file accounted for and every original as it was', async () => {
    expect(written.samples).toBeGreaterThan(35);
    expect(written.files).toBeGreaterThan(1500);
    const { columns } = await hostile.call('sql/run', {
      text: `SELECT count(DISTINCT path), count(*) FILTER (state IS NULL),
               count(*) FILTER (records <> unique_records + duplicate_records + issue_records),
               count(*) FILTER (state IN ('issue', 'not-evidence') AND reason IS NULL)
             FROM files`,
      limit: 1,
    });
    expect(columns.map(([n]) => n)).toEqual([written.files, 0, 0, 0]);
    expect((await verify(hostile.caseFolder)).ok).toBe(true);
  });

  it('breaks no table, profile, finding or incident', async () => {
    for (const { table } of evidenceTables) {
      const { rowCount } = await hostile.call('sql/run', { text: `FROM ${table}`, limit: 500 });
      expect(rowCount).toBeGreaterThanOrEqual(0);
    }
    const listed = await hostile.call('sql/run', {
      text: 'SELECT entity_type, entity_id FROM entities',
      limit: 5000,
    });
    const [types, ids] = listed.columns as [EntityRef['type'][], string[]];
    expect(types.length).toBeGreaterThan(80);
    for (const [i, type] of types.entries()) {
      const { entity } = await hostile.call('entity/profile', { entity: { type, id: ids[i]! }, scope: null });
      expect(entity.id).toBe(ids[i]);
    }
    for (const { id } of await hostile.call('incidents/list', null)) {
      await hostile.call('incidents/get', { id });
      await hostile.call('incidents/graph', { id });
    }
    const page = { offset: 0, limit: 1000 };
    const { rows } = await hostile.call('findings/list', { severity: null, filter: '', page, sort: null });
    for (const { id } of rows) await hostile.call('findings/get', { id });
  }, 120_000);

  it('runs nowhere in the report', async () => {
    const html = await hostile.database.ask(async ({ connection }) =>
      renderReportPage(
        await buildReport(connection, hostile.caseFolder, {
          incidentIds: null,
          now: '2026-01-02T03:04:05.000000Z',
        }),
      ),
    );
    expectInert(html);
  }, 120_000);

  it.each(EXPORT_FORMATS.map(({ name }) => name))('leaves as %s', async (name) => {
    const bytes = await exported(hostile, name);
    expect(bytes.length).toBeGreaterThan(0);
    if (name === 'json' || name === 'stix' || name === 'misp' || name === 'navigator')
      JSON.parse(bytes.toString());
  });

  it('pollutes no prototype', () => {
    expect(({} as Record<string, unknown>)['pwned']).toBeUndefined();
    expect((globalThis as Record<string, unknown>)['pwned']).toBeUndefined();
  });
});
