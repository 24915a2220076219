import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { locateAddresses } from '../../src/main/baselines/geography';
import { CaseFolder } from '../../src/main/case/case-folder';
import { Database } from '../../src/main/db/database';
import { quotedString } from '../../src/main/db/sql';
import { prepareRules } from '../../src/main/detections/sigma/rule-set';
import { runRules } from '../../src/main/detections/sigma/run';
import { buildEntities } from '../../src/main/entities';
import { attachEvidence, createDerivedTables } from '../../src/main/evidence/views';
import { ingest } from '../../src/main/ingest/ingest';
import type { Steps } from './child';
import { manyRules, publishedRules } from './many-rules';

/** What rules read beside the evidence. */
const RESOLVED = ['calls', 'address_places'];
const THREADS = 2;

/** Imports a bundle and keeps what the steps before the rules make of it. */
async function resolveStep([place = '', bundle = '']: readonly string[]): Promise<{ records: number }> {
  const path = join(place, 'case');
  rmSync(path, { recursive: true, force: true });
  const folder = await CaseFolder.create(path, 'bench');
  await ingest(folder, [bundle], { onProgress: () => undefined });
  const database = await Database.open();
  await attachEvidence(database.main, folder);
  await createDerivedTables(database.main);
  await buildEntities({ connection: database.main, baselineDays: 14, progress: () => undefined });
  await locateAddresses(database.main);
  mkdirSync(join(place, 'resolved'), { recursive: true });
  for (const table of RESOLVED)
    await database.main.run(
      `COPY ${table} TO ${quotedString(join(place, 'resolved', `${table}.parquet`))} (FORMAT parquet, COMPRESSION zstd)`,
    );
  database.close();
  return { records: 0 };
}

async function caseAt(place: string): Promise<Database> {
  const database = await Database.open({ threads: THREADS, memoryLimitMb: 6000 });
  await attachEvidence(database.main, await CaseFolder.open(join(place, 'case')));
  for (const table of RESOLVED) {
    const file = join(place, 'resolved', `${table}.parquet`);
    if (existsSync(file))
      await database.main.run(`CREATE VIEW ${table} AS FROM read_parquet(${quotedString(file)})`);
  }
  return database;
}

/** The engine reads the columns that rules read, once. */
async function scanStep([place = '']: readonly string[]): Promise<{ records: number }> {
  const database = await caseAt(place);
  const { records } = await database.main.row<{ records: number }>(
    `SELECT count(*) AS records, sum(hash(event_source, event_name, event_type, error_code, user_identity_type, user_agent, source_ip_address)) AS a,
       sum(strlen(CAST(user_identity AS VARCHAR))) + sum(strlen(CAST(request_parameters AS VARCHAR))) + sum(strlen(CAST(response_elements AS VARCHAR)))
       + sum(strlen(CAST(additional_event_data AS VARCHAR))) AS b FROM events`,
  );
  database.close();
  return { records };
}

/** So many varied rules and those of a folder; `records` are the hits. */
async function rulesStep([place = '', count = '0', folder = '']: readonly string[]): Promise<{
  records: number;
}> {
  const rules = [...manyRules(Number(count)), ...(folder === '' ? [] : await publishedRules(folder))];
  const database = await caseAt(place);
  await runRules(database.main, prepareRules(rules), () => undefined);
  const { records } = await database.main.row<{ records: number }>(
    'SELECT count(*) AS records FROM sigma_hits',
  );
  database.close();
  return { records };
}

export const ruleSteps: Steps = { resolve: resolveStep, scan: scanStep, rules: rulesStep };
