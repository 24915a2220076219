import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaseFolder } from '../../../src/main/case/case-folder';
import type { Database } from '../../../src/main/db/database';
import { evidenceTables } from '../../../src/main/evidence/tables';
import { openCaseDatabase, visibleRows } from '../../../src/main/evidence/views';
import { ingest } from '../../../src/main/ingest/ingest';
import { mutate, type Mutate } from './mutate';
import { Random } from './random';

interface FuzzResult {
  readonly mutants: number;
  /** Records that the mutants held: unique ones, copies and those that became issues. */
  readonly records: number;
  readonly issueRecords: number;
  /** Mutants by state: imported, context, not-evidence, issue. */
  readonly states: Readonly<Record<string, number>>;
  /** Longest time between two files of an import, in milliseconds. */
  readonly longestMs: number;
  /** What broke, with the seed and the name of the mutant where it is known. */
  readonly faults: string[];
}

const MAX_ORIGINAL = 256 * 1024;
/** Sorts behind the numbers that mutants are called by. */
const LAST = 'sound';
const EXPECTED = /^expected\.json$|\.ts$/;

/** Every file under the folders that is small enough to be changed many times. */
export async function fuzzOriginals(folders: readonly string[]): Promise<Buffer[]> {
  const originals: Buffer[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries.flatMap((entry) =>
      entry.isFile() && !EXPECTED.test(entry.name) ? [join(entry.parentPath, entry.name)] : [],
    );
    for (const path of paths.sort()) {
      const bytes = await readFile(path);
      if (bytes.length > 0 && bytes.length <= MAX_ORIGINAL) originals.push(bytes);
    }
  }
  return originals;
}

interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  readonly perImport?: number;
  /** How files are changed: as text unless told. */
  readonly change?: Mutate;
  /** A sound file which is imported after the mutants and must lose nothing by them. */
  readonly last?: Buffer | undefined;
}

/**
 * Imports `count` mutants of the originals, many at once, and checks what must always hold: the import ends, every file
 * has a state, records = unique + duplicates + issue records in each file and in the tables, and what is an issue says so.
 */
export async function fuzzImport(
  originals: readonly Buffer[],
  { count, seed, perImport = 1000, change = mutate, last }: FuzzOptions,
  onProgress: (done: number) => void = () => undefined,
): Promise<FuzzResult> {
  const total = { mutants: 0, records: 0, issueRecords: 0, longestMs: 0 };
  const states: Record<string, number> = {};
  const faults: string[] = [];
  for (let done = 0; done < count; done += perImport) {
    const mutants = Math.min(perImport, count - done);
    const one = await importMutants(originals, {
      count: mutants,
      seed: seed + done / perImport,
      change,
      last,
    });
    total.mutants += mutants;
    total.records += one.records;
    total.issueRecords += one.issueRecords;
    total.longestMs = Math.max(total.longestMs, one.longestMs);
    for (const [state, n] of Object.entries(one.states)) states[state] = (states[state] ?? 0) + n;
    faults.push(...one.faults);
    onProgress(done + mutants);
  }
  return { ...total, states, faults };
}

async function importMutants(
  originals: readonly Buffer[],
  {
    count,
    seed,
    change,
    last,
  }: Required<Pick<FuzzOptions, 'count' | 'seed' | 'change'>> & { last: Buffer | undefined },
): Promise<Omit<FuzzResult, 'mutants'>> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-fuzz-'));
  const random = new Random(seed);
  try {
    for (let i = 0; i < count; i += 1) {
      const { bytes, names } = change(random.of(originals), random);
      await writeFile(join(folder, `${String(i).padStart(6, '0')}-${names.join('-')}`), bytes);
    }
    if (last) await writeFile(join(folder, LAST), last);
    const caseFolder = await CaseFolder.create(join(folder, 'case'), 'fuzz');
    let longestMs = 0;
    let at = performance.now();
    // The last step is the writing of all of them.
    const onProgress = ({ filesDone, filesTotal }: { filesDone: number; filesTotal: number }) => {
      if (filesDone < filesTotal) longestMs = Math.max(longestMs, performance.now() - at);
      at = performance.now();
    };
    try {
      await ingest(caseFolder, [folder], { threads: 1, onProgress });
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { records: 0, issueRecords: 0, states: {}, longestMs, faults: [`seed ${seed}: ${what}`] };
    }
    const database = await openCaseDatabase(caseFolder, { threads: 1 });
    try {
      const result = await checked(database, last ? count + 1 : count, seed);
      if (last) result.faults.push(...(await lossOfLast(database, seed)));
      return { ...result, longestMs };
    } finally {
      database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is wrong with the sound file after the mutants. */
async function lossOfLast({ main }: Database, seed: number): Promise<string[]> {
  const row = await main.row<{ state: string; reason: string; issue_records: number }>(
    'SELECT state, reason, issue_records FROM files WHERE name = $name',
    { name: LAST },
  );
  return row.state === 'imported' && row.issue_records === 0
    ? []
    : [`seed ${seed}: the sound file after the mutants is ${row.state}: ${row.reason}`];
}

async function checked(
  { main }: Database,
  count: number,
  seed: number,
): Promise<Omit<FuzzResult, 'mutants' | 'longestMs'>> {
  const wrong = await main.rows<{ name: string; fault: string }>(`
    SELECT name, CASE
      WHEN records <> unique_records + duplicate_records + issue_records THEN 'records are not what became of them'
      WHEN issue_records > 0 AND file_id NOT IN (SELECT file_id FROM issues) THEN 'issue records without an issue'
      WHEN state = 'issue' AND file_id NOT IN (SELECT file_id FROM issues) THEN 'an issue without a row'
      WHEN state = 'imported' AND (source IS NULL OR records = 0) THEN 'imported and nothing in it'
    END AS fault FROM files WHERE fault IS NOT NULL`);
  const faults = wrong.map(({ name, fault }) => `seed ${seed}, ${name}: ${fault}`);
  const held = evidenceTables
    .filter((table) => visibleRows(table) !== null)
    .map(({ table }) => `(SELECT count(*) FROM ${table}_all)`);
  const sum = await main.row<{ files: number; records: number; issue_records: number; held: number }>(
    `SELECT (SELECT count(*) FROM files WHERE name NOT LIKE '%!%' AND reason <> 'a Coldtrail case') AS files,
       CAST(sum(records) AS BIGINT) AS records, CAST(sum(issue_records) AS BIGINT) AS issue_records, ${held.join(' + ')} AS held FROM files`,
  );
  if (sum.files !== count) faults.push(`seed ${seed}: ${count} files went in, ${sum.files} are listed`);
  if (sum.held !== sum.records - sum.issue_records)
    faults.push(
      `seed ${seed}: the tables hold ${sum.held} records, the files say ${sum.records - sum.issue_records}`,
    );
  const rows = await main.rows<{ state: string; n: number }>(
    `SELECT state, count(*) AS n FROM files WHERE reason <> 'a Coldtrail case' GROUP BY state`,
  );
  const states = Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  return { records: sum.records, issueRecords: sum.issue_records, states, faults };
}
