import type { CaseFolder } from '../case/case-folder';
import { ingest, type IngestSummary } from '../ingest/ingest';
import { analyseCase, type AnalyseOptions } from './analyse-case';

interface OpenBundleOptions extends AnalyseOptions {
  readonly caseFolder: CaseFolder;
  readonly paths: readonly string[];
}

/**
 * The main job: imports the paths into the case, then analyses everything the case holds. The caller holds the case's
 * write lock. Files that are in already are not read again.
 */
export async function openBundle(options: OpenBundleOptions): Promise<IngestSummary> {
  const summary = await ingest(options.caseFolder, options.paths, {
    onProgress: (progress) =>
      options.onProgress?.({
        phase: 'import',
        step: 'Reading evidence',
        share: progress.bytesTotal > 0 ? progress.bytesDone / progress.bytesTotal : 0,
        ...progress,
      }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  await analyseCase(options);
  return summary;
}
