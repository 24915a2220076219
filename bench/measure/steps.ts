import { existsSync } from 'node:fs';
import { CaseFolder } from '../../src/main/case/case-folder';
import { Database } from '../../src/main/db/database';
import { quotedString } from '../../src/main/db/sql';
import { ingest } from '../../src/main/ingest/ingest';
import type { Steps } from './child';

/** Imports into a case, made when it is not there; `records` are those that came in. */
async function importStep([caseDir = '', ...paths]: readonly string[]): Promise<{ records: number }> {
  const folder = existsSync(caseDir)
    ? await CaseFolder.open(caseDir)
    : await CaseFolder.create(caseDir, 'bench');
  let records = 0;
  await ingest(folder, paths, { onProgress: (progress) => (records = progress.records) });
  return { records };
}

/** The engine counts the records of an S3 layout by itself: no hash, no columns, nothing kept. */
async function engineStep([bundle = '']: readonly string[]): Promise<{ records: number }> {
  const database = await Database.open();
  const { records } = await database.main.row<{ records: number }>(
    `SELECT count(*) AS records FROM (SELECT unnest("Records") FROM read_json(${quotedString(`${bundle}/**/*CloudTrail*.json.gz`)},
      columns = {'Records': 'JSON[]'}, records = true, format = 'newline_delimited', maximum_object_size = 67108864))`,
  );
  database.close();
  return { records };
}

export const steps: Steps = { import: importStep, engine: engineStep };
