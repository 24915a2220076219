import { logAction } from '../custody/action-log';
import { removeFiles } from '../ingest/remove-files';
import { analyseCase, type AnalyseOptions } from './analyse-case';

/** Files named in the action log, at most; each stays in `files` as removed. */
const MAX_NAMED = 20;

/**
 * Takes files out of the case, writes that into its log and analyses what is left. The caller holds the case's write lock.
 * Errors: those of `removeFiles` and `analyseCase`.
 */
export async function removeEvidence(
  options: AnalyseOptions & { readonly fileIds: readonly number[] },
): Promise<void> {
  const { caseFolder, fileIds, signal } = options;
  options.onProgress?.({ phase: 'remove', step: 'Removing evidence', share: 0 });
  const removed = await removeFiles(caseFolder, fileIds, signal);
  if (removed.length > 0)
    await logAction(caseFolder, 'removed', {
      files: removed.length,
      records: removed.reduce((sum, { records }) => sum + records, 0),
      paths: removed
        .slice(0, MAX_NAMED)
        .map(({ path }) => path)
        .join('\n'),
      sha256: removed
        .slice(0, MAX_NAMED)
        .map(({ sha256 }) => sha256)
        .join('\n'),
    });
  await analyseCase(options).catch(async (error: unknown) => {
    // The last analysis speaks of records that are gone.
    if (removed.length > 0) await caseFolder.forgetAnalysis();
    throw error;
  });
}
