import type { AnalysisContext } from '../case/analysis-context';
import { checkDigests } from './check-digests';

/** Fills digest_checks (evidence/derived.sql) by the keys that the bundle brought along. */
export async function checkIntegrity({ connection, progress }: AnalysisContext): Promise<void> {
  progress('Digest files', 0);
  await checkDigests(connection, null);
  await connection.run('INSERT INTO digest_checks BY NAME FROM digest_results; DROP TABLE digest_results');
}
