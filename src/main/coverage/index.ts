import type { AnalysisContext } from '../case/analysis-context';
import filesSql from './files.sql?raw';
import gapsSql from './gaps.sql?raw';
import hoursSql from './hours.sql?raw';
import rhythmSql from './rhythm.sql?raw';
import switchesSql from './switches.sql?raw';

const STATEMENTS = [hoursSql, rhythmSql, switchesSql, filesSql, gapsSql];

/** Fills coverage and coverage_gaps (evidence/derived.sql): the ledger of what the evidence can speak of. */
export async function buildCoverage({ connection, progress, signal }: AnalysisContext): Promise<void> {
  for (const [i, statement] of STATEMENTS.entries()) {
    progress('Coverage ledger', i / STATEMENTS.length);
    await connection.run(statement, undefined, signal ? { signal } : {});
  }
  await connection.run('DROP TABLE silences; DROP TABLE switched; DROP TABLE file_gaps');
}
