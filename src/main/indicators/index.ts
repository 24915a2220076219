import type { AnalysisContext } from '../case/analysis-context';
import type { CaseFolder } from '../case/case-folder';
import { loadLists } from './store';
import { sweep } from './sweep';

/** Looks for the imported indicators of the case: fills `indicators` and `indicator_hits`. */
export async function sweepIndicators(
  { connection, progress }: AnalysisContext,
  caseFolder: CaseFolder,
): Promise<void> {
  progress('Imported indicators', 0);
  await sweep(connection, await loadLists(caseFolder));
}
