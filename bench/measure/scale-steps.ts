import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { CaseFolder } from '../../src/main/case/case-folder';
import { Database } from '../../src/main/db/database';
import { quotedString } from '../../src/main/db/sql';
import { caseLog } from '../../src/main/diagnostics/log';
import { openCaseDatabase } from '../../src/main/evidence/views';
import { ingest } from '../../src/main/ingest/ingest';
import { analyseCase } from '../../src/main/pipeline/analyse-case';
import type { Steps } from './child';
import { panelTimes } from './panels';

/** A fresh case from a bundle; `records` are those that came in. */
async function importStep([caseDir = '', bundle = '']: readonly string[]): Promise<{ records: number }> {
  rmSync(caseDir, { recursive: true, force: true });
  const caseFolder = await CaseFolder.create(caseDir, 'scale');
  let records = 0;
  await ingest(caseFolder, [bundle], { onProgress: (progress) => (records = progress.records) });
  return { records };
}

/** Analyses it; its steps are in the case's log. `records` are the findings. */
async function analyseStep([caseDir = '']: readonly string[]): Promise<{ records: number }> {
  const caseFolder = await CaseFolder.open(caseDir);
  await analyseCase({
    caseFolder,
    baselineDays: 14,
    log: caseLog(caseDir, { process: 'command', level: 'info' }),
  });
  const database = await openCaseDatabase(caseFolder);
  try {
    const { n } = await database.main.row<{ n: number }>('SELECT count(*) AS n FROM findings');
    return { records: n };
  } finally {
    database.close();
  }
}

/** The panels' times go to a file, since a measured process prints its own measure. */
async function panelsStep([caseDir = '', out = '']: readonly string[]): Promise<{ records: number }> {
  const times = await panelTimes(caseDir);
  writeFileSync(out, JSON.stringify(times));
  return { records: times.length };
}

/** What an analyst with the engine alone would do first: count calls by principal and name, flows by their ends. */
async function engineStep([bundle = '']: readonly string[]): Promise<{ records: number }> {
  const database = await Database.open({ memoryLimitMb: 6000 });
  try {
    const { records } = await database.main.row<{ records: number }>(
      `SELECT sum(n) AS records FROM (SELECT r->>'$.userIdentity.arn' AS who, r->>'$.eventName' AS what, count(*) AS n FROM
        (SELECT unnest("Records") AS r FROM read_json(${quotedString(`${bundle}/**/*_CloudTrail_*.json.gz`)}, columns = {'Records': 'JSON[]'},
          records = true, format = 'newline_delimited', maximum_object_size = 67108864)) GROUP BY ALL)`,
    );
    return { records };
  } finally {
    database.close();
  }
}

export const scaleSteps: Steps = {
  import: importStep,
  analyse: analyseStep,
  panels: panelsStep,
  engine: engineStep,
};

/** Whether a bundle is whole: the truth is written last. */
export function isComposed(folder: string): boolean {
  return existsSync(`${folder}/truth.json`);
}
