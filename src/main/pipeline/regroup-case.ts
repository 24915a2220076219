import type { Connection } from '../db/database';
import { runScript } from '../db/script';
import { NO_LOG } from '../diagnostics/log';
import { derivedTableDocs, columnList } from '../evidence/tables';
import { attachAnalysis, attachAnnotations, attachEvidence } from '../evidence/views';
import { regroupFindings } from '../grouping';
import { buildIncidents } from '../investigation';
import keepSql from './keep-incidents.sql?raw';
import type { OnProgress } from './progress';
import { publishRun } from './publish-run';
import { withScratch, type ScratchOptions } from './scratch';

type RegroupOptions = Omit<ScratchOptions, 'inFile'> & { readonly onProgress?: OnProgress };

/** What a decision can change. */
const REMADE = ['incidents', 'incident_members', 'incident_events', 'group_edges'];

/**
 * Groups the findings of the current analysis again, as after an analyst's cut or join. Incidents that change are answered
 * anew; everything else of that analysis stays. Before the first analysis there is nothing to do. Errors: those of analyseCase.
 */
export async function regroupCase(options: RegroupOptions): Promise<void> {
  const { caseFolder, log = NO_LOG, onProgress } = options;
  if ((await caseFolder.currentRun()) === null) return;
  await withScratch(options, async (connection) => {
    const begun = performance.now();
    await attachEvidence(connection, caseFolder);
    await attachAnalysis(connection, caseFolder);
    await attachAnnotations(connection, caseFolder);
    await emptyRemade(connection);
    const context = (from: number, share: number) => ({
      connection,
      progress: (step: string, part: number) =>
        onProgress?.({ phase: 'analyse', step, share: from + share * part }),
    });
    await regroupFindings(context(0, 0.4));
    const groupedMs = Math.round(performance.now() - begun);
    await runScript(connection, keepSql);
    await buildIncidents(context(0.4, 0.6));
    await runScript(connection, RESTORE);
    await publishRun(connection, caseFolder, REMADE);
    log.info('analysis.regrouped', { ms: Math.round(performance.now() - begun), groupedMs });
  });
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
