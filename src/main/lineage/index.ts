import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import consoleSql from './console.sql?raw';
import credentialsSql from './credentials.sql?raw';
import edgesSql from './edges.sql?raw';
import forwardedSql from './forwarded.sql?raw';
import handoutsSql from './handouts.sql?raw';
import issuedSql from './issued.sql?raw';
import rightsSql from './rights.sql?raw';
import sessionsSql from './sessions.sql?raw';
import strandsSql from './strands.sql?raw';

export { lineageOf, type LineageStep } from './lineage-of';

/** Doublings of the path to the root: chains of up to 64 credentials; longer ones, and loops, end there. */
const DOUBLINGS = 6;
const WORK_TABLES = ['sessions', 'key_sessions', 'handouts', 'found_edges', 'ancestry'];

/** Creates lineage_edges, credentials and strands (evidence/derived.sql) from calls, events and findings. */
export async function buildLineage({ connection, progress, signal }: AnalysisContext): Promise<void> {
  const before = [sessionsSql, handoutsSql, issuedSql, consoleSql, forwardedSql, rightsSql, edgesSql];
  const after = [credentialsSql, strandsSql];
  const total = before.length + after.length;
  const run = async (statements: readonly string[], done: number) => {
    for (const [i, statement] of statements.entries()) {
      progress('Credential lineage', (done + i) / total);
      await connection.run(statement, undefined, signal ? { signal } : {});
    }
  };
  await run(before, 0);
  await findRoots(connection);
  await run(after, before.length);
  for (const table of WORK_TABLES) await connection.run(`DROP TABLE ${table}`);
}

/**
 * Replaces each credential's parent by the first one of its chain, by pointer doubling: as many joins as the logarithm
 * of the longest chain, however many credentials there are.
 */
async function findRoots(connection: Connection): Promise<void> {
  for (let i = 0; i < DOUBLINGS; i += 1) {
    const { moved } = await connection.row<{ moved: number }>(
      'SELECT count(*) AS moved FROM ancestry a JOIN ancestry b ON b.session_key = a.root AND b.root <> a.session_key',
    );
    if (moved === 0) return;
    await connection.run(`
      CREATE OR REPLACE TEMP TABLE ancestry AS
      SELECT a.session_key, coalesce(b.root, a.root) AS root
      FROM ancestry a LEFT JOIN ancestry b ON b.session_key = a.root AND b.root <> a.session_key`);
  }
}
