import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { machineFailure } from '../case/machine-failure';
import { Database, type Connection } from '../db/database';
import { failureFields, NO_LOG } from '../diagnostics/log';
import { derivedTableDocs, columnList } from '../evidence/tables';
import { attachAnalysis, attachAnnotations, attachEvidence } from '../evidence/views';
import { regroupFindings } from '../grouping';
import { buildIncidents } from '../investigation';
import type { AnalyseOptions } from './analyse-case';
import { publishRun } from './publish-run';
import keepSql from './keep-incidents.sql?raw';

/** What a decision can change. */
const REMADE = ['incidents', 'incident_members', 'incident_events', 'group_edges'];

/**
 * Groups the findings of the current analysis again, as after an analyst's cut or join. Incidents that change are answered
 * anew; everything else of that analysis stays. Before the first analysis there is nothing to do. Errors: those of analyseCase.
 */
export async function regroupCase(options: Omit<AnalyseOptions, 'baselineDays'>): Promise<void> {
  const { caseFolder, signal, log = NO_LOG } = options;
  if ((await caseFolder.currentRun()) === null) return;
  const temporary = join(caseFolder.path, 'tmp');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const database = await Database.open({
    tempDirectory: temporary,
    ...(options.memoryLimitMb === undefined ? {} : { memoryLimitMb: options.memoryLimitMb }),
  });
  const interrupt = () => database.main.interrupt();
  signal?.addEventListener('abort', interrupt);
  const begun = performance.now();
  try {
    await attachEvidence(database.main, caseFolder);
    await attachAnalysis(database.main, caseFolder);
    await attachAnnotations(database.main, caseFolder);
    await emptyRemade(database.main);
    const context = (from: number, share: number) => ({
      connection: database.main,
      progress: (step: string, part: number) =>
        options.onProgress?.({ phase: 'analyse', step, share: from + share * part }),
    });
    await regroupFindings(context(0, 0.4));
    const groupedMs = Math.round(performance.now() - begun);
    await statements(database.main, keepSql);
    await buildIncidents(context(0.4, 0.6));
    await statements(database.main, RESTORE);
    await publishRun(database.main, caseFolder, REMADE);
    log.info('analysis.regrouped', { ms: Math.round(performance.now() - begun), groupedMs });
  } catch (error) {
    const failure = signal?.aborted
      ? new AppError('job.cancelled', {}, { cause: error })
      : machineFailure(error, caseFolder.path);
    log.error('analysis.failed', failureFields(failure));
    throw failure;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    database.close();
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Gives the tables of the run before another name, and makes empty ones. */
async function emptyRemade(connection: Connection): Promise<void> {
  for (const doc of derivedTableDocs.filter(({ table }) => REMADE.includes(table))) {
    await connection.run(`ALTER VIEW ${doc.table} RENAME TO old_${doc.table}`);
    await connection.run(`CREATE TABLE ${doc.table} (${columnList(doc)})`);
  }
}

/** Puts in again what keep-incidents.sql took out, as it was. */
const RESTORE = `
  INSERT INTO incident_members FROM old_incident_members SEMI JOIN kept USING (incident_id);
  INSERT INTO incident_events FROM old_incident_events SEMI JOIN kept USING (incident_id);
  INSERT INTO incidents FROM old_incidents SEMI JOIN kept USING (incident_id)`;

async function statements(connection: Connection, sql: string): Promise<void> {
  for (const statement of sql.split(/;\s*\n/)) await connection.run(statement);
}
