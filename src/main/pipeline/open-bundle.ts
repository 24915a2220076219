import type { CaseFolder } from '../case/case-folder';
import { failureFields, NO_LOG, residentMb } from '../diagnostics/log';
import { ingest, type IngestSummary } from '../ingest/ingest';
import { analyseCase, type AnalyseOptions } from './analyse-case';

interface OpenBundleOptions extends AnalyseOptions {
  readonly caseFolder: CaseFolder;
  readonly paths: readonly string[];
  /** Orders of fields of flow logs without a header. */
  readonly flowFormats?: readonly (readonly string[])[];
}

/**
 * The main job: imports the paths into the case, then analyses everything the case holds. The caller holds the case's
 * write lock. Files that are in already are not read again.
 */
export async function openBundle(options: OpenBundleOptions): Promise<IngestSummary> {
  const { log = NO_LOG } = options;
  const begun = performance.now();
  log.info('import.started', { paths: options.paths.length });
  const summary = await importPaths(options).catch((error: unknown) => {
    log.error('import.failed', failureFields(error));
    throw error;
  });
  log.info('import.finished', {
    ms: Math.round(performance.now() - begun),
    files: summary.files.imported,
    records: summary.sources.reduce((sum, { records }) => sum + records, 0),
    issues: summary.issues.length,
    rssMb: residentMb(),
  });
  await analyseCase(options);
  return summary;
}

function importPaths(options: OpenBundleOptions): Promise<IngestSummary> {
  const { log = NO_LOG } = options;
  let told = 0;
  return ingest(options.caseFolder, options.paths, {
    onProgress: (progress) => {
      // Once a batch is in, not for each of its files.
      if (progress.records !== told) log.debug('import.progress', { ...progress });
      told = progress.records;
      options.onProgress?.({
        phase: 'import',
        step: 'Reading evidence',
        share: progress.bytesTotal > 0 ? progress.bytesDone / progress.bytesTotal : 0,
        ...progress,
      });
    },
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.whilePaused ? { whilePaused: options.whilePaused } : {}),
    ...(options.flowFormats ? { flowFormats: options.flowFormats } : {}),
  });
}
