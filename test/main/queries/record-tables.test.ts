import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { evidenceTables } from '../../../src/main/evidence/tables';
import { openBundle } from '../../../src/main/pipeline/open-bundle';
import { sources } from '../../../src/main/sources';
import { CaseDatabase } from '../../../src/main/queries/case-database';
import { queryHandlers } from '../../../src/main/queries/index';
import { recordTables } from '../../../src/main/queries/record-tables';
import { searchAll } from './search-all';

const GOLDEN = resolve('test/main/sources');

describe('records of every source', () => {
  let folder: string;
  let database: CaseDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coldtrail-records-'));
    const caseFolder = await CaseFolder.create(join(folder, 'case'), 'Every source');
    for (const source of await readdir(GOLDEN, { withFileTypes: true }))
      if (source.isDirectory())
        await cp(join(GOLDEN, source.name), join(folder, 'bundle', source.name), {
          recursive: true,
          filter: (path) => !/(expected|events|issues|records)\.json$/.test(path),
        });
    await openBundle({ caseFolder, paths: [join(folder, 'bundle')], baselineDays: 14 });
    database = await CaseDatabase.open(caseFolder);
  });
  afterAll(async () => {
    database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are told from every evidence table that holds what happened', () => {
    const context = [...sources.values()].flatMap((s) => (s.timeColumn === null ? [s.table] : []));
    const about: string[] = [
      'files',
      'issues',
      'checkpoints',
      'cloudtrail_digests',
      'cloudtrail_public_keys',
      ...context,
    ];
    const tables = evidenceTables.map(({ table }) => table).filter((t) => !about.includes(t));
    expect(recordTables.map(({ table }) => table).sort()).toEqual(tables.sort());
  });

  it('are listed, found by an address or id in them, and opened', async () => {
    const { page, kinds } = await database.ask(async (context) => {
      const page = await queryHandlers['timeline/records'](context, {
        scope: null,
        by: 'source',
        lane: null,
        filter: '',
        page: { offset: 0, limit: 1000 },
      });
      const rows = await context.connection.rows<{ source: string }>(
        "SELECT DISTINCT source FROM files WHERE state = 'imported'",
      );
      return { page, kinds: rows.map(({ source }) => source) };
    });
    const column = (name: string) => page.columns[page.names.indexOf(name)] ?? [];
    expect(kinds.length).toBeGreaterThan(8);
    expect([...sources.keys()]).toEqual(expect.arrayContaining(kinds));
    const seen = new Set(column('source') as string[]);
    expect(seen.size).toBeGreaterThanOrEqual(9);
    for (const kind of seen) {
      const row = column('source').indexOf(kind);
      const [fileId, recordNo] = [column('file_id')[row] as number, column('record_no')[row] as number];
      const record = await database.ask((context) =>
        queryHandlers['records/get'](context, { kind, fileId, recordNo }),
      );
      expect(record.original.length, kind).toBeGreaterThan(10);
      expect(record.hashMatches, kind).toBe(true);
      const text = (column('source_ip')[row] ?? column('event_id')[row]) as string | null;
      expect(text, kind).not.toBeNull();
      const found = await searchAll(
        (request) => database.ask((context) => queryHandlers['search/records'](context, request)),
        text ?? '',
        { limit: 1000 },
      );
      expect(
        found.rows.map(({ source }) => source),
        kind,
      ).toContain(kind);
    }
  });
});
