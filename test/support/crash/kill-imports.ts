import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { evidenceTables } from '../../../src/main/evidence/tables';
import { openCaseDatabase, visibleRows } from '../../../src/main/evidence/views';
import { Random } from '../../../src/sample/random/random';

/** Rows and a hash of every evidence table, whatever the order of its rows and the parts it lies in. */
type Contents = Readonly<Record<string, { readonly rows: number; readonly hash: string }>>;

interface Killed {
  readonly kills: number;
  /** Cases that were brought to their end. */
  readonly finished: number;
  /** What did not hold, in plain words; empty when all did. */
  readonly wrong: readonly string[];
}

const CHILD = 'out/test/import-child.mjs';
/** After so many kills a case is imported to its end and compared. */
const KILLS_A_CASE = 5;

/** Builds the process that imports, since it has to run by itself. */
export async function buildChild(): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    define: { __COLDTRAIL_VERSION__: '"test"' },
    build: {
      ssr: 'test/support/crash/import-child.ts',
      outDir: 'out/test',
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'import-child.mjs' } },
    },
  });
}

/** Kills imports of a bundle at seeded steps, again and again on the same case, and compares what they lead to. */
export async function killImports(
  bundle: string,
  folder: string,
  kills: number,
  seed: number,
): Promise<Killed> {
  const random = new Random(`kills/${seed}`);
  const reference = join(folder, 'reference');
  const steps = Number(await runChild([reference, bundle]));
  const expected = await contentsOf(reference);
  const wrong: string[] = [];
  let finished = 0;
  for (let done = 0; done < kills;) {
    const caseDir = join(folder, `case-${finished}`);
    for (let i = 0; i < KILLS_A_CASE && done < kills; i += 1, done += 1) {
      const at = 1 + random.int(0, steps - 1);
      await runChild([caseDir, bundle, String(at)]);
      const broken = existsSync(join(caseDir, 'case.json')) ? await brokenAfterKill(caseDir) : null;
      if (broken !== null) wrong.push(`killed at step ${at} of ${steps}: ${broken}`);
    }
    await runChild([caseDir, bundle]);
    const found = JSON.stringify(await contentsOf(caseDir));
    if (found !== JSON.stringify(expected)) wrong.push(`case ${finished} differs: ${found}`);
    finished += 1;
    await rm(caseDir, { recursive: true, force: true });
  }
  return { kills, finished, wrong };
}

/** Runs the child; what it printed, which is nothing when it was killed. */
function runChild(args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') done(output);
      else fail(new Error(`the import ended with ${String(code)}: ${errors}`));
    });
  });
}

/** A reader right after a kill sees whole batches: every file that is listed has all its records. */
async function brokenAfterKill(caseDir: string): Promise<string | null> {
  const database = await openCaseDatabase(await CaseFolder.open(caseDir), { threads: 1 });
  try {
    const counts = evidenceTables.flatMap((doc) =>
      visibleRows(doc) === null ? [] : [`(SELECT count(*) FROM ${doc.table}_all)`],
    );
    const { held, said, files, paths } = await database.main.row<Record<string, number>>(
      `SELECT ${counts.join(' + ')} AS held, (SELECT CAST(coalesce(sum(records - issue_records), 0) AS BIGINT) FROM files) AS said,
       (SELECT count(*) FROM files) AS files, (SELECT count(DISTINCT path) FROM files) AS paths`,
    );
    if (held !== said) return `${held} records are there, the files say ${said}`;
    return files === paths ? null : `${files} rows for ${paths} files`;
  } finally {
    database.close();
  }
}

async function contentsOf(caseDir: string): Promise<Contents> {
  const database = await openCaseDatabase(await CaseFolder.open(caseDir), { threads: 1 });
  try {
    const out: Record<string, { rows: number; hash: string }> = {};
    for (const doc of evidenceTables) {
      const table = visibleRows(doc) === null ? doc.table : `${doc.table}_all`;
      out[doc.table] = await database.main.row(
        `SELECT count(*) AS rows, CAST(coalesce(sum(hash(t)), 0) AS VARCHAR) AS hash FROM ${table} t`,
      );
    }
    return out;
  } finally {
    database.close();
  }
}
