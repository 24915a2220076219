import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import { CaseFolder } from '../../case/case-folder';
import { openCaseDatabase } from '../../evidence/views';
import type { IngestSummary } from '../../ingest/ingest';
import { openBundle } from '../../pipeline/open-bundle';
import { pathOf, required, wholeNumber } from '../arguments';
import type { Command, CommandIo } from '../command';
import { alignedTable, jsonLine } from '../output';

const EXIT_WITH_ISSUES = 3;

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
  const isCase = await stat(join(path, 'case.json')).then(
    () => true,
    () => false,
  );
  if (!isCase) throw new AppError('case.exists', { path });
  return CaseFolder.open(path);
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

function text(
  summary: IngestSummary & { findings: number; incidents: number; case: string; seconds: number },
): string {
  const rows = summary.sources.map((s) => [
    s.source,
    String(s.files),
    String(s.records),
    String(s.unique),
    String(s.duplicates),
    s.first ?? '-',
    s.last ?? '-',
  ]);
  const { imported, context, notEvidence, issue } = summary.files;
  const issues = summary.issues.slice(0, 20).map((i) => `  ${i.code}  ${i.file}  ${i.detail}\n`);
  const more = summary.issues.length - issues.length;
  return [
    alignedTable(['SOURCE', 'FILES', 'RECORDS', 'UNIQUE', 'COPIES', 'FIRST', 'LAST'], rows),
    `\nFiles: ${imported} imported, ${context} context, ${notEvidence} not evidence, ${issue} with issues\n`,
    ...issues,
    more > 0 ? `  ... and ${more} more (coldtrail query --sql "FROM issues")\n` : '',
    `Findings: ${summary.findings}   Incidents: ${summary.incidents}   Case: ${summary.case}   ${summary.seconds} s\n`,
  ].join('');
}

async function run(
  positionals: readonly string[],
  options: Parameters<Command['run']>[0]['options'],
  io: CommandIo,
): Promise<0 | 3> {
  if (positionals.length === 0)
    throw new AppError('usage', { detail: 'Name a folder, a file or a .zip to open.' });
  const paths = positionals.map((p) => pathOf(io, p));
  for (const path of paths)
    await stat(path).catch(() => {
      throw new AppError('path.missing', { path });
    });
  const casePath = pathOf(io, required(options, 'case'));
  const baselineDays = wholeNumber(options, 'baseline-days', 14, { min: 1, max: 365 });
  const started = Date.now();
  const caseFolder = await caseAt(casePath, paths[0]?.split('/').pop() ?? 'case');
  const lock = await caseFolder.lock();
  try {
    const summary = await openBundle({
      caseFolder,
      paths,
      baselineDays,
      signal: io.signal,
      onProgress: io.progress,
    });
    const result = {
      case: casePath,
      ...summary,
      ...(await totals(caseFolder)),
      seconds: Math.round((Date.now() - started) / 10) / 100,
    };
    io.note(`${result.incidents} incidents, ${result.findings} findings in ${result.seconds} s.`);
    await io.print(options['json'] === true ? jsonLine(result) : text(result));
    return result.issues.length > 0 ? EXIT_WITH_ISSUES : 0;
  } finally {
    await lock.release();
  }
}

export default {
  name: 'open',
  summary: 'Import folders, files or archives into a case and analyse it',
  usage: 'open <path...> --case <dir> [--baseline-days 14] [--json]',
  options: { case: { type: 'string' }, json: { type: 'boolean' }, 'baseline-days': { type: 'string' } },
  positionals: true,
  run: ({ positionals, options, io }) => run(positionals, options, io),
} satisfies Command;
