import { homedir } from 'node:os';
import type { CaseFolder } from '../case/case-folder';
import { openCaseDatabase } from '../evidence/views';
import { caseChecks, machineChecks, type Check } from './checks';
import { crashFolder, crashReports } from './crash-report';
import { readCaseLog } from './log';
import { maskForLog } from './mask';

const MOST_CRASHES = 5;
const MOST_FRAMES = 6;
const MOST_FAILURES = 20;

/**
 * What helps to answer a question about the program, as text to be pasted into a message: versions, platform, the
 * checks of `doctor`, counts and codes of the case, where it crashed. No word of the evidence and no path of the user's.
 */
export async function diagnosticsText(caseFolder: CaseFolder | null): Promise<string> {
  const checks = await machineChecks();
  const lines = ['Coldtrail diagnostics (holds no evidence)', '', ...checks.map(checkLine), ...crashLines()];
  if (caseFolder !== null) lines.push('', ...(await caseLines(caseFolder)));
  return withoutPaths(maskForLog(`${lines.join('\n')}\n`), caseFolder);
}

function checkLine({ ok, name, detail }: Check): string {
  return `${ok ? 'ok  ' : 'FAIL'} ${name}: ${detail}`;
}

function crashLines(): string[] {
  return crashReports()
    .slice(0, MOST_CRASHES)
    .flatMap(({ at, process, kind, version, errors, frames }) => [
      `crash ${at} ${process} ${kind} (version ${version}): ${errors.join(' < ')}`,
      ...frames.slice(0, MOST_FRAMES).map((frame) => `    ${frame}`),
    ]);
}

async function caseLines(caseFolder: CaseFolder): Promise<string[]> {
  return [
    ...(await caseChecks(caseFolder)).map(checkLine),
    ...(await counts(caseFolder)),
    ...(await logLines(caseFolder)),
  ];
}

/** Files by source and state, issues by code: words of the program and numbers. */
async function counts(caseFolder: CaseFolder): Promise<string[]> {
  const database = await openCaseDatabase(caseFolder);
  try {
    const files = await database.main.rows<{ what: string; n: number; records: number }>(
      "SELECT coalesce(source, '-') || ' ' || state AS what, count(*) AS n, sum(records) AS records FROM files GROUP BY ALL ORDER BY ALL",
    );
    const issues = await database.main.rows<{ code: string; n: number }>(
      'SELECT code, count(*) AS n FROM issues GROUP BY ALL ORDER BY ALL',
    );
    return [
      ...files.map(({ what, n, records }) => `files ${what}: ${n}, ${records ?? 0} records`),
      ...issues.map(({ code, n }) => `issues ${code}: ${n}`),
    ];
  } catch {
    return ['counts: the case cannot be read'];
  } finally {
    database.close();
  }
}

/** How long steps took, and which codes failures had; the words of failures stay in the case. */
async function logLines(caseFolder: CaseFolder): Promise<string[]> {
  const lines = await readCaseLog(caseFolder.path);
  const told = lines.filter(({ level }) => level === 'error' || level === 'warn').slice(-MOST_FAILURES);
  const last = lines.map(({ event }) => event).lastIndexOf('analysis.started');
  const steps = last < 0 ? [] : lines.slice(last).filter(({ event }) => event === 'analysis.step');
  return [
    ...steps.map(
      ({ step, ms, rssMb }) => `step ${String(step)}: ${String(ms)} ms, ${String(rssMb)} MB resident`,
    ),
    ...told.map((line) => `${line.level} ${line.at} ${line.process} ${line.event} ${codeOf(line['code'])}`),
  ];
}

function codeOf(code: unknown): string {
  return typeof code === 'string' && /^[\w.]{1,40}$/.test(code) ? code : '-';
}

function withoutPaths(text: string, caseFolder: CaseFolder | null): string {
  const told = text.replaceAll(crashFolder(), '<crashes>');
  const named = caseFolder === null ? told : told.replaceAll(caseFolder.path, '<case>');
  const home = homedir();
  return home.length > 1 ? named.replaceAll(home, '~') : named;
}
