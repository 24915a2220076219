import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { addLocationFiles } from '../baselines/geography/own-files';
import { CaseFolder } from '../case/case-folder';
import { caseLog } from '../diagnostics/log';
import { addPacks, bookOf, listRules } from '../detections';
import { openCaseDatabase } from '../evidence/views';
import type { IngestSummary } from '../ingest/ingest';
import { addSourceMaps } from '../ingest/source-maps';
import { openBundle } from '../pipeline/open-bundle';
import { pathOf } from './arguments';
import type { CommandIo } from './command';
import { noteAction } from './note-action';

/** What `open` tells. */
export interface OpenedBundle extends IngestSummary {
  readonly case: string;
  readonly findings: number;
  readonly incidents: number;
  readonly seconds: number;
}

interface OpenRequest {
  readonly paths: readonly string[];
  /** Folders of Sigma rules that are taken into the case. */
  readonly rules: readonly string[];
  /** Source maps that are taken into the case. */
  readonly sourceMaps: readonly string[];
  /** MaxMind DB files that are taken into the case. */
  readonly locationFiles: readonly string[];
  /** Orders of fields of flow logs without a header. */
  readonly flowFormats: readonly (readonly string[])[];
  readonly casePath: string;
  readonly baselineDays: number;
}

/** The paths that the user named, absolute. Errors: `usage`, `path.missing`. */
export async function checkedPaths(positionals: readonly string[], io: CommandIo): Promise<string[]> {
  if (positionals.length === 0)
    throw new AppError('usage', { detail: 'Name a folder, a file or a .zip to open.' });
  const paths = positionals.map((p) => pathOf(io, p));
  for (const path of paths)
    await stat(path).catch(() => {
      throw new AppError('path.missing', { path });
    });
  return paths;
}

/** Imports the paths into the case and analyses it; the case is made when nothing is there. */
export async function openPaths(
  { paths, rules, sourceMaps, locationFiles, flowFormats, casePath, baselineDays }: OpenRequest,
  io: CommandIo,
): Promise<{ caseFolder: CaseFolder; result: OpenedBundle }> {
  const started = Date.now();
  const caseFolder = await caseAt(casePath, basename(paths[0] ?? casePath));
  const lock = await caseFolder.lock();
  try {
    if (sourceMaps.length > 0) await addSourceMaps(caseFolder, sourceMaps);
    if (locationFiles.length > 0) await addLocationFiles(casePath, locationFiles);
    if (rules.length > 0) await takeRules(caseFolder, rules, io);
    const summary = await openBundle({
      caseFolder,
      paths,
      flowFormats,
      baselineDays,
      signal: io.signal,
      onProgress: io.progress,
      log: caseLog(casePath, { process: 'command', level: io.logLevel }),
    });
    const result = {
      case: casePath,
      ...summary,
      ...(await totals(caseFolder)),
      seconds: Math.round((Date.now() - started) / 10) / 100,
    };
    io.note(`${result.incidents} incidents, ${result.findings} findings in ${result.seconds} s.`);
    await noteAction(caseFolder, io, 'opened', { paths: paths.join(', '), incidents: result.incidents });
    return { caseFolder, result };
  } finally {
    await lock.release();
  }
}

/** The case at the path: opened when it is one, made when nothing or an empty folder is there. */
async function caseAt(path: string, name: string): Promise<CaseFolder> {
  const entries = await readdir(path).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw code === 'ENOTDIR'
      ? new AppError('case.exists', { path })
      : new AppError('path.unreadable', { path, detail: message });
  });
  if (entries.length === 0) return CaseFolder.create(path, name);
  return (await isCase(path)) ? CaseFolder.open(path) : CaseFolder.create(path, name);
}

export function isCase(path: string): Promise<boolean> {
  return stat(join(path, 'case.json')).then(
    () => true,
    () => false,
  );
}

/** Takes rule folders into the case and says what of them cannot run. */
async function takeRules(caseFolder: CaseFolder, folders: readonly string[], io: CommandIo): Promise<void> {
  await addPacks(caseFolder.path, folders, new Date().toISOString());
  const listed = listRules(await bookOf(caseFolder.path)).filter((r) => r.pack !== 'built-in');
  const stuck = listed.filter((r) => r.reason !== null).length;
  io.note(
    `${listed.length - stuck} rules of your folders run${stuck === 0 ? '' : `, ${stuck} cannot (coldtrail rules --case <dir> says why)`}.`,
  );
}

async function totals(caseFolder: CaseFolder): Promise<{ findings: number; incidents: number }> {
  const database = await openCaseDatabase(caseFolder);
  try {
    return await database.main.row(
      'SELECT (SELECT count(*) FROM findings) AS findings, (SELECT count(*) FROM incidents) AS incidents',
    );
  } finally {
    database.close();
  }
}
