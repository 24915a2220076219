import { mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { countryCentres, withBundledTables } from '../baselines/geography/bundled';
import type { CaseFolder } from '../case/case-folder';
import { Database } from '../db/database';
import { quotedString } from '../db/sql';
import { builtInRules, detectors } from '../detections/built-in';
import { openCaseDatabase } from '../evidence/views';
import { crashFolder, crashReports } from './crash-report';
import { readCaseLog } from './log';

/** One thing that must be so for the program to work; `detail` says what was found. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

const GIB = 1024 ** 3;
/** Below these an import of a real bundle is likely to fail half-way. */
const LEAST = { memory: 4 * GIB, disk: 2 * GIB };

type Probe = () => Promise<string>;

/** What the program needs of the machine. A check that fails says so and the others go on. */
export function machineChecks(): Promise<Check[]> {
  return all({
    program: () =>
      Promise.resolve(
        `Coldtrail ${__COLDTRAIL_VERSION__}, Node ${process.versions.node}${process.versions['electron'] ? `, Electron ${process.versions['electron']}` : ''}, ${process.platform} ${process.arch} ${release()}, ${cpus().length} processors`,
      ),
    engine: engine,
    memory: () => atLeast(totalmem(), LEAST.memory, 'of memory'),
    'temporary folder': temporaryFolder,
    detections: () =>
      Promise.resolve(`${builtInRules.length} Sigma rules and ${detectors.length} detectors are in place`),
    geography: geography,
    printing: printing,
    'crash reports': crashes,
  });
}

/** What a case needs to be opened: its files, its engine, its disk. Errors: none; a fault is a check that is not ok. */
export function caseChecks(caseFolder: CaseFolder): Promise<Check[]> {
  return all({
    case: () => Promise.resolve(`schema ${caseFolder.info.schemaVersion}, made ${caseFolder.info.createdAt}`),
    'case disk': () => freeDisk(caseFolder.path),
    'case parts': async () => {
      const { parts } = await caseFolder.manifest();
      for (const part of parts) {
        const { size } = await stat(join(caseFolder.path, part.path));
        if (size !== part.bytes) throw new Error(`${part.path} has ${size} bytes, listed are ${part.bytes}`);
      }
      return `${parts.length} parts are there, with the sizes listed; \`verify\` compares their hashes`;
    },
    'case log': async () => {
      const lines = await readCaseLog(caseFolder.path);
      const errors = lines.filter(({ level }) => level === 'error');
      const last = errors.at(-1);
      const told =
        last === undefined ? '' : `, the last ${last.at}: ${last.event} ${String(last['code'] ?? '')}`;
      return `${lines.length} lines, ${errors.length} errors${told}`;
    },
    'case analysis': async () => {
      if ((await caseFolder.currentRun()) === null)
        throw new Error('there is no finished analysis; open the bundle again');
      const database = await openCaseDatabase(caseFolder);
      try {
        const { events, findings, issues } = await database.main.row<
          Record<'events' | 'findings' | 'issues', number>
        >(
          'SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM findings) AS findings, (SELECT count(*) FROM issues) AS issues',
        );
        return `${events} events, ${findings} findings, ${issues} issues`;
      } finally {
        database.close();
      }
    },
  });
}

async function all(probes: Readonly<Record<string, Probe>>): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, probe] of Object.entries(probes)) {
    try {
      checks.push({ name, ok: true, detail: await probe() });
    } catch (error) {
      checks.push({ name, ok: false, detail: words(error) });
    }
  }
  return checks;
}

/** Checks are sent along with questions: what an engine quotes of a file is left out. */
function words(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return first.replace(/(["'`])[^"'`]*\1/g, '…');
}

async function engine(): Promise<string> {
  const database = await Database.open();
  try {
    const { version } = await database.main.row<{ version: string }>('SELECT version() AS version');
    return `DuckDB ${version}`;
  } finally {
    database.close();
  }
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-doctor-'));
  try {
    await writeFile(join(folder, 'probe'), 'x', { mode: 0o600 });
    return `${tmpdir()} can be written, ${await freeDisk(folder)}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function freeDisk(path: string): Promise<string> {
  const { bavail, bsize } = await statfs(path);
  return atLeast(bavail * bsize, LEAST.disk, 'free');
}

function atLeast(bytes: number, least: number, what: string): Promise<string> {
  const text = `${(bytes / GIB).toFixed(1)} GiB ${what}`;
  if (bytes < least) return Promise.reject(new Error(`${text}; at least ${least / GIB} GiB are wanted`));
  return Promise.resolve(text);
}

function geography(): Promise<string> {
  return withBundledTables(async (path) => {
    const database = await Database.open();
    try {
      const { n } = await database.main.row<{ n: number }>(
        `SELECT count(*) AS n FROM read_parquet(${quotedString(path('country'))})`,
      );
      return `${n} address ranges, centres of ${Object.keys(countryCentres).length} countries`;
    } finally {
      database.close();
    }
  });
}

/** Reports of earlier crashes are no fault of this run: they are told, not failed. */
function crashes(): Promise<string> {
  const reports = crashReports();
  const [newest] = reports;
  return Promise.resolve(
    newest === undefined
      ? 'none'
      : `${reports.length} in ${crashFolder()}, the newest of ${newest.at}: ${newest.process} ${newest.kind}, ${newest.errors.join(' < ')}`,
  );
}

/** A PDF takes Chromium, and Chromium a display: one of the user or Xvfb. */
function printing(): Promise<string> {
  if (process.platform !== 'linux') return Promise.resolve('no display server is needed');
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  if (display) return Promise.resolve(`display ${display}`);
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder && existsSync(join(folder, 'Xvfb')));
  return found
    ? Promise.resolve('no display; Xvfb stands in')
    : Promise.reject(new Error('no display and no Xvfb: a PDF cannot be made; install xvfb'));
}
