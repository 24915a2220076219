import { Database } from '../../../src/main/db/database';
import { buildEntities } from '../../../src/main/entities';
import { columnList, derivedTableDocs, evidenceTables } from '../../../src/main/evidence/tables';
import { sources } from '../../../src/main/sources';
import type { Source } from '../../../src/main/sources/source';

export interface Evidence {
  readonly cloudtrail?: readonly object[];
  readonly guardduty?: readonly object[];
  /** Lines of the default flow log format. */
  readonly flows?: readonly string[];
}

const FLOW_FIELDS = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

/** An in-memory case: the evidence tables filled through the product's own mappings, and the entities step done. */
export async function caseWith(evidence: Evidence): Promise<Database> {
  const database = await Database.open();
  for (const doc of evidenceTables) await database.main.run(`CREATE TABLE ${doc.table} (${columnList(doc)})`);
  for (const doc of derivedTableDocs) await database.main.run(`CREATE TABLE ${doc.table} (${columnList(doc)})`);
  await load(database, 'cloudtrail', evidence.cloudtrail ?? []);
  await load(database, 'guardduty', evidence.guardduty ?? []);
  await load(database, 'vpc-flow', evidence.flows ?? []);
  await buildEntities({ connection: database.main, baselineDays: 14, progress: () => undefined });
  return database;
}

async function load(database: Database, id: string, records: readonly (object | string)[]): Promise<void> {
  const source = sources.get(id);
  if (!source || records.length === 0) return;
  const json = JSON.stringify(records.map((r, i) => ({ f: id.length, n: i + 1, r: typeof r === 'string' ? r : JSON.stringify(r) })));
  const names = FLOW_FIELDS.split(' ');
  const columns = names.map((name, i) => `nullif(split_part(x.r, ' ', ${i + 1}), '-') AS "${name}"`).join(', ');
  const record = source.kind === 'lines' ? `NULL::VARCHAR AS region, ${columns}` : 'CAST(x.r AS JSON) AS r';
  await database.main.run(
    `CREATE OR REPLACE TEMP TABLE raw AS SELECT x.f AS file_id, x.n AS record_no, ${record} FROM (SELECT unnest(from_json($json, '[{"f":"INTEGER","n":"INTEGER","r":"VARCHAR"}]')) AS x)`,
    { json },
  );
  await insert(database, source, source.kind === 'lines' ? names : []);
  await database.main.run('DROP TABLE raw');
}

async function insert(database: Database, source: Source, fields: readonly string[]): Promise<void> {
  const columns = evidenceTables.find((t) => t.table === source.table)?.columns.map((c) => c.name) ?? [];
  const chosen = columns.filter((c) => c !== 'duplicate');
  await database.main.run(
    `INSERT INTO ${source.table} (${chosen.join(', ')}, duplicate) SELECT ${chosen.join(', ')}, row_number() OVER (PARTITION BY content_hash ORDER BY record_no) > 1 FROM (${source.mapSql(fields)}) WHERE ${source.timeColumn} IS NOT NULL`,
  );
  await database.main.run(`DELETE FROM ${source.table} WHERE duplicate`);
}
