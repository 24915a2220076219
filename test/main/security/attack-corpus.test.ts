import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alignedTable } from '../../../src/main/cli/output';
import { EXPORT_FORMATS } from '../../../src/main/exports/export-case';
import { verify } from '../../../src/main/ingest/verify';
import { buildReport } from '../../../src/main/report/build';
import { renderReportHtml } from '../../../src/main/report/render/html';
import type { EntityRef } from '../../../src/shared/model/entity';
import { exported } from '../exports/exported';
import { caseOf, type SampleCase } from '../queries/sample-case';
import { PAYLOADS, writeHostileBundle } from './hostile-bundle';
import { expectInert } from './inert';
import { searchAll } from '../queries/search-all';

let hostile: SampleCase;
let written: Awaited<ReturnType<typeof writeHostileBundle>>;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-hostile-'));
  written = await writeHostileBundle(join(folder, 'bundle'));
  hostile = await caseOf(folder, join(folder, 'bundle'), 14);
});
afterAll(() => hostile.close());

describe('text that attacks whoever reads it', () => {
  it('loses no record and changes no original', async () => {
    const { sources } = await hostile.call('evidence/overview', null);
    const unique = Object.fromEntries(sources.map(({ source, unique }) => [source, unique]));
    expect(unique).toEqual({
      cloudtrail: written.calls,
      guardduty: written.findings,
      'k8s-audit': written.audits,
    });
    const { ok } = await verify(hostile.caseFolder);
    expect(ok).toBe(true);
  });

  it('is found by search as the text it is', async () => {
    const search = async (text: string) => {
      await hostile.call('search/run', { text, scope: null, limit: 3 });
      return searchAll((request) => hostile.call('search/records', request), text, { limit: 3 });
    };
    for (const payload of PAYLOADS) {
      const { rows } = await search(payload.slice(0, 200));
      expect([payload.slice(0, 60), rows.length <= 3]).toEqual([payload.slice(0, 60), true]);
    }
    expect((await search("'; DROP TABLE events; --")).total).toBeGreaterThan(0);
  });

  it('opens every profile, incident and finding', async () => {
    const listed = await hostile.call('sql/run', {
      text: 'SELECT entity_type, entity_id FROM entities WHERE events > 0',
      limit: 2000,
    });
    const [types, ids] = listed.columns as [EntityRef['type'][], string[]];
    expect(types.length).toBeGreaterThan(PAYLOADS.length);
    for (const [i, type] of types.entries()) {
      const { entity } = await hostile.call('entity/profile', { entity: { type, id: ids[i]! }, scope: null });
      expect(entity.id).toBe(ids[i]);
    }
    const incidents = await hostile.call('incidents/list', null);
    expect(incidents.length).toBeGreaterThan(0);
    for (const { id } of incidents) {
      const { incident } = await hostile.call('incidents/get', { id });
      expect(incident.answers.how.length).toBeGreaterThan(0);
      await hostile.call('incidents/graph', { id });
    }
    const page = { offset: 0, limit: 1000 };
    const { rows } = await hostile.call('findings/list', { severity: null, filter: '', page, sort: null });
    for (const { id } of rows) await hostile.call('findings/get', { id });
  });

  it('puts no element, handler or outside address into the report', async () => {
    const html = await hostile.database.ask(async ({ connection }) =>
      renderReportHtml(
        await buildReport(connection, hostile.caseFolder, {
          incidentIds: null,
          now: '2026-01-02T03:04:05.000000Z',
        }),
        new Map(),
      ),
    );
    expect(html).toContain('&lt;script&gt;');
    expectInert(html);
  });

  it.each(EXPORT_FORMATS.map(({ name }) => name))('leaves as %s without running there', async (name) => {
    const bytes = await exported(hostile, name);
    expect(bytes.length).toBeGreaterThan(0);
    if (name !== 'csv') return;
    // A spreadsheet runs cells that begin so; a quote before them makes them text.
    for (const cell of bytes.toString('utf8').split(/,|\r\n/))
      expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@\t]/);
  });

  it('does not drive a terminal', () => {
    const table = alignedTable(
      ['name'],
      PAYLOADS.map((payload) => [payload]),
    );
    expect(table).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it('pollutes no prototype', () => {
    expect(({} as Record<string, unknown>)['pwned']).toBeUndefined();
    expect((globalThis as Record<string, unknown>)['pwned']).toBeUndefined();
  });
});
