import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SparkSQL, TrinoSQL } from 'dt-sql-parser';
import { decompress } from 'fzstd';
import { parquetReadObjects, parquetSchema, parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { Database } from '../../../src/main/db/database';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { lakeScript, lakeSql } from '../../../src/main/lake';
import { DIALECTS } from '../../../src/main/lake/dialect';
import { lakeTables, writeLake } from '../../../src/main/lake/layout';
import { openBundle } from '../../../src/main/pipeline/open-bundle';
import { composeSample } from '../../../src/sample/index';

let folder = '';
let caseFolder: CaseFolder;
let product: Database;
let lake: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-lake-'));
  const { bundle } = await composeSample({
    out: join(folder, 'sample'),
    seed: 4,
    events: 2000,
    flows: 3000,
    days: 7,
  });
  caseFolder = await CaseFolder.create(join(folder, 'case'), 'lake');
  await openBundle({ caseFolder, paths: [bundle], baselineDays: 5 });
  product = await openCaseDatabase(caseFolder);
  await writeLake(caseFolder, join(folder, 'lake'));
  lake = await Database.open();
});
afterAll(async () => {
  product.close();
  lake.close();
  await rm(folder, { recursive: true, force: true });
});

const parsers = { trino: new TrinoSQL(), spark: new SparkSQL() };

describe('the portable statements', () => {
  it.each(['trino', 'spark'] as const)('are taken by a parser of %s', (name) => {
    const { tables, statements } = lakeSql(name, 's3://lake');
    expect(statements.length).toBeGreaterThanOrEqual(12);
    const wrong = [...tables, ...statements].flatMap(({ name: of, sql }) =>
      parsers[name].validate(`${sql};`).map(({ message, startLine }) => `${of} ${startLine}: ${message}`),
    );
    expect(wrong).toEqual([]);
  });

  it('would be refused by those parsers if they were of another dialect', () => {
    const { tables } = lakeSql('duckdb', 's3://lake');
    expect(parsers.trino.validate(`${tables[0]?.sql};`)).not.toEqual([]);
    expect(parsers.spark.validate(`${lakeSql('trino', 's3://lake').tables[0]?.sql};`)).not.toEqual([]);
  });

  it('run over the lake with DuckDB, and agree with the tables of the product', async () => {
    const { tables, statements } = lakeSql('duckdb', join(folder, 'lake'));
    const there = new Set(
      readdirSync(join(folder, 'lake')).filter((name) => readdirSync(join(folder, 'lake', name)).length > 0),
    );
    for (const { folder: name, doc, visible } of lakeTables) {
      // A case without such logs has no files of them: an engine makes an empty table of the DDL, DuckDB has no DDL for it.
      if (there.has(name)) continue;
      const columns = doc.columns.map((column) => `CAST(NULL AS ${column.type}) AS ${column.name}`);
      const empty = `SELECT ${columns.join(', ')}, '' AS case_id WHERE false`;
      await lake.main.run(`CREATE VIEW ${name} AS ${empty}`);
      if (visible !== null) await lake.main.run(`CREATE VIEW ${doc.table} AS SELECT * FROM ${name}`);
    }
    for (const { name, sql } of tables)
      if (there.has(name) || there.has(`${name}_all`)) await lake.main.run(sql);
    const rows: Record<string, number> = {};
    for (const { name, sql } of statements)
      rows[name] = (await lake.main.row<{ n: number }>(`SELECT count(*) AS n FROM (${sql})`)).n;
    const count = async (sql: string) =>
      (await product.main.row<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)).n;
    expect(rows['01-activity']).toBe(await count('activity'));
    expect(rows['02-coverage']).toBe(
      await count("coverage WHERE source IN ('cloudtrail', 'vpc-flow', 'dns-query')"),
    );
    expect(rows['05-issued']).toBe(
      await count(
        '(SELECT DISTINCT session_key, issued_key, event_name, target_role, event_time FROM calls WHERE issued_key IS NOT NULL AND error_code IS NULL)',
      ),
    );
    expect(rows['08-evidence-switched-off']).toBeGreaterThan(0);
    expect(rows['12-findings']).toBe(await count('findings'));
    expect(rows['11-same-address']).toBe(0);
    for (const name of ['01-activity', '06-flow-volumes', '09-bucket-readers'])
      expect(rows[name]).toBeGreaterThan(0);
  });

  it('name what has no such form', () => {
    const script = lakeScript(lakeSql('trino', 's3://lake'));
    for (const what of ['ASOF joins', 'recursion over keys', 'Sigma rules'])
      expect(script).toContain(`-- ${what}`);
    for (const dialect of DIALECTS)
      expect(lakeScript(lakeSql(dialect, "s3://o'brien"))).toContain("s3://o''brien/events_all");
  });
});

describe('the Parquet of a case', () => {
  it('says the same to a reader that is not the engine which wrote it', async () => {
    const { parts } = await caseFolder.manifest();
    const tables = ['events', 'flows', 'provider_findings', 'files'];
    for (const table of tables) {
      const part = parts.find((p) => p.table === table);
      const bytes = await readFile(join(caseFolder.path, part?.path ?? ''));
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
      const columns = parquetSchema(parquetMetadata(file)).children.map(({ element }) => element.name);
      const key = table === 'files' ? 'file_id' : 'file_id, record_no';
      const read = await parquetReadObjects({
        file,
        compressors: { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) },
      });
      expect(read).toHaveLength(part?.rows ?? -1);
      const textColumns = columns.filter((c) =>
        read.every((row) => row[c] === null || typeof row[c] === 'string'),
      );
      expect(textColumns.length).toBeGreaterThan(2);
      const plain = await product.main.rows(
        `SELECT ${textColumns.map((c) => `CAST("${c}" AS VARCHAR) AS "${c}"`).join(', ')} FROM read_parquet('${join(caseFolder.path, part?.path ?? '')}') ORDER BY ${key}`,
      );
      const sorted = [...read].sort(
        (a, b) =>
          Number(a['file_id']) - Number(b['file_id']) ||
          Number(a['record_no'] ?? 0) - Number(b['record_no'] ?? 0),
      );
      expect(sorted.map((row) => Object.fromEntries(textColumns.map((c) => [c, row[c] ?? null])))).toEqual(
        plain,
      );
    }
  });
});
