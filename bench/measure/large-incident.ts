import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { CaseFolder } from '../../src/main/case/case-folder';
import { Database, type Connection } from '../../src/main/db/database';
import { quotedString } from '../../src/main/db/sql';
import { ingest } from '../../src/main/ingest/ingest';
import { analyseCase } from '../../src/main/pipeline/analyse-case';
import { composeSample } from '../../src/sample';
import madeSql from './large-incident.sql?raw';

export interface Incident {
  readonly id: string;
  readonly nodes: number;
  readonly edges: number;
}

/** The gravest incident gets the made findings as members, dated evenly over its own span. */
const ADDED: Readonly<Record<string, string>> = {
  findings: `SELECT t.* REPLACE (m.finding_id AS finding_id, 'Made finding ' || m.title AS title, m.severity AS severity,
      m.event_count AS event_count, i.first_time + (i.last_time - i.first_time) * m.i / getvariable('findings') AS first_time,
      i.first_time + (i.last_time - i.first_time) * m.i / getvariable('findings') AS last_time)
    FROM made m, (SELECT * FROM findings WHERE kind = 'sigma' ORDER BY finding_id LIMIT 1) t, top i`,
  finding_entities: 'SELECT * FROM made_entities',
  incident_members: `SELECT t.* REPLACE (m.finding_id AS finding_id)
    FROM made m, (SELECT * FROM incident_members WHERE incident_id IN (SELECT incident_id FROM top) ORDER BY finding_id LIMIT 1) t`,
};

/** A case with a small composed sample, analysed; `findings` more of them are put into its gravest incident. */
export async function makeLargeIncident(folder: string, findings: number): Promise<Incident> {
  const caseDir = join(folder, 'case');
  const { bundle } = await composeSample({ out: folder, seed: 7, events: 5000, flows: 2000 });
  const caseFolder = await CaseFolder.create(caseDir, 'frames');
  await ingest(caseFolder, [bundle]);
  await analyseCase({ caseFolder, baselineDays: 14 });
  const run = await caseFolder.currentRun();
  if (run === null) throw new Error('the case was not analysed');
  const database = await Database.open();
  try {
    return await enlarge(database.main, run, findings);
  } finally {
    database.close();
  }
}

async function enlarge(connection: Connection, run: string, findings: number): Promise<Incident> {
  const file = (table: string): string => join(run, `${table}.parquet`);
  for (const table of [...Object.keys(ADDED), 'incidents'])
    await connection.run(`CREATE VIEW ${table} AS FROM read_parquet(${quotedString(file(table))})`);
  await connection.run(
    'CREATE TEMP TABLE top AS SELECT incident_id, first_time, last_time FROM incidents ORDER BY score DESC, incident_id LIMIT 1',
  );
  await connection.run(`SET VARIABLE findings = ${findings}`);
  for (const statement of madeSql.split(';\n').filter((text) => text.trim() !== ''))
    await connection.run(statement);
  for (const [table, added] of Object.entries(ADDED)) {
    await connection.run(
      `COPY (FROM ${table} UNION ALL ${added}) TO ${quotedString(`${file(table)}.new`)} (FORMAT parquet)`,
    );
  }
  for (const table of Object.keys(ADDED)) renameSync(`${file(table)}.new`, file(table));
  return connection.row<Incident & Record<string, string | number>>(
    `SELECT (SELECT incident_id FROM top) AS id, count(*) AS edges, count(DISTINCT (entity_type, entity_id)) + count(DISTINCT finding_id) AS nodes
     FROM finding_entities JOIN incident_members USING (finding_id) JOIN top USING (incident_id)`,
  );
}
