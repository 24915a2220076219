import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleCase, type SampleCase } from './sample-case';

let sample: SampleCase;
let before: string;
beforeAll(async () => {
  sample = await openSampleCase();
  before = contentOf(sample.folder);
});
afterAll(() => sample.close());

/** One hash over the path and the bytes of everything below a folder. */
function contentOf(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    const path = join(folder, entry);
    hash.update(entry);
    if (statSync(path).isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

const run = (text: string) => sample.call('sql/run', { text, limit: 100 });

describe('the SQL console', () => {
  it('runs a SELECT and tells types and time', async () => {
    const result = await run('SELECT event_time, count(*) OVER () AS n FROM events ORDER BY event_time');
    expect(result.names).toEqual(['event_time', 'n']);
    expect(result.rowCount).toBe(100);
    expect(String(result.columns[0]?.[0])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it('runs EXPLAIN of a SELECT', async () => {
    expect((await run('EXPLAIN SELECT count(*) FROM events')).rowCount).toBeGreaterThan(0);
  });

  it('knows every table it documents', async () => {
    for (const { table, columns } of await sample.call('sql/schema', null)) {
      const { names } = await run(`SELECT * FROM ${table} LIMIT 1`);
      expect(names).toEqual(columns.map((c) => c.name));
    }
  });

  it.each([
    (s: SampleCase) => `COPY (SELECT 1) TO '${s.bundle}/x.csv'`,
    (s: SampleCase) => `COPY (SELECT 1) TO '${s.caseFolder.path}/manifest.json' (USE_TMP_FILE false)`,
    (s: SampleCase) => `COPY events TO '${s.caseFolder.path}/evidence/x.parquet'`,
    (s: SampleCase) => `EXPLAIN ANALYZE COPY (SELECT 1) TO '${s.caseFolder.path}/x.csv'`,
    (s: SampleCase) => `EXPLAIN (FORMAT json) COPY (SELECT 1) TO '${s.caseFolder.path}/x.csv'`,
    (s: SampleCase) => `explain/**/analyze copy (select 1) to '${s.caseFolder.path}/x.csv'`,
    (s: SampleCase) => `ATTACH '${s.caseFolder.path}/other.duckdb' AS other`,
    (s: SampleCase) => `EXPORT DATABASE '${s.caseFolder.path}/out'`,
    () => 'PRAGMA database_list',
    () => 'PRAGMA disable_verification',
    () => 'INSTALL httpfs',
    () => 'LOAD httpfs',
    () => 'SET threads = 1',
    () => 'SET GLOBAL enable_external_access = true',
    () => 'RESET lock_configuration',
    () => 'CALL pragma_version()',
    () => 'CREATE TABLE t AS SELECT 1',
    () => 'DROP VIEW events',
    () => 'INSERT INTO files VALUES (1)',
    () => 'UPDATE files SET path = NULL',
    () => 'DELETE FROM files',
    () => 'CREATE SECRET (TYPE s3)',
    () => 'CHECKPOINT',
    () => 'VACUUM',
    () => 'USE memory',
    () => 'SELECT 1; SELECT 2',
    () => 'SELECT 1; DROP VIEW events',
    () => 'PREPARE p AS SELECT 1',
    () => '',
    () => ';',
    () => '-- nothing',
  ])('refuses statement %#', async (text) => {
    await expect(run(text(sample))).rejects.toMatchObject({
      code: expect.stringMatching(/^sql\./) as string,
    });
  });

  it.each([
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_parquet('https://example.com/x.parquet')",
    "SELECT * FROM query('COPY (SELECT 1) TO ''/tmp/x.csv''')",
    "SELECT getenv('HOME')",
    'WITH x AS (DELETE FROM files RETURNING 1) SELECT * FROM x',
  ])('reads nothing outside the case: %s', async (text) => {
    await expect(run(text)).rejects.toMatchObject({ code: expect.stringMatching(/^sql\./) as string });
  });

  it('has changed nothing, neither of the originals nor of the case', () => {
    expect(contentOf(sample.folder)).toBe(before);
  });
});
