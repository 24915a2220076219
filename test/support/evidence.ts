import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaseFolder } from '../../src/main/case/case-folder';
import { Database } from '../../src/main/db/database';
import { columnList, evidenceTables } from '../../src/main/evidence/tables';
import { attachEvidence, createDerivedTables } from '../../src/main/evidence/views';
import { ingest } from '../../src/main/ingest/ingest';

export interface Evidence {
  /** CloudTrail records as logged. */
  readonly cloudtrail?: readonly object[];
  /** Lines of the default flow log format. */
  readonly flows?: readonly string[];
  /** GuardDuty findings in the spelling of the S3 export. */
  readonly guardduty?: readonly object[];
}

/**
 * An in-memory database with the evidence tables filled through the product's own import: `events`, `flows` and
 * `provider_findings` hide copies as the views of a case do, `*_all` show every row. Close it after the test.
 */
export async function evidenceDatabase(evidence: Evidence): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-evidence-'));
  try {
    const bundle = join(folder, 'bundle');
    const caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
    await writeBundle(bundle, evidence);
    const summary = await ingest(caseFolder, [bundle], { threads: 1 });
    if (summary.issues.length > 0)
      throw new Error(`the test evidence has issues: ${JSON.stringify(summary.issues)}`);
    return await copyOf(caseFolder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The derived tables of derived.sql, empty. */
export const emptyDerived = createDerivedTables;

async function writeBundle(
  bundle: string,
  { cloudtrail = [], flows = [], guardduty = [] }: Evidence,
): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(bundle);
  if (cloudtrail.length > 0)
    await writeFile(join(bundle, 'cloudtrail.json'), JSON.stringify({ Records: cloudtrail }));
  if (flows.length > 0) await writeFile(join(bundle, 'flows.log'), `${flows.join('\n')}\n`);
  if (guardduty.length > 0)
    await writeFile(join(bundle, 'guardduty.jsonl'), guardduty.map((f) => `${JSON.stringify(f)}\n`).join(''));
}

/** The evidence as tables of their own, so that the case folder can go. */
async function copyOf(caseFolder: CaseFolder): Promise<Database> {
  const source = await Database.open({ threads: 1 });
  await attachEvidence(source.main, caseFolder);
  for (const { table } of evidenceTables) {
    await source.main.run(
      `CREATE TABLE "copy ${table}" AS FROM ${table}${table === 'files' || table === 'issues' ? '' : '_all'}`,
    );
  }
  for (const doc of evidenceTables) {
    const { table } = doc;
    await source.main.run(`DROP VIEW ${table}`);
    if (table === 'files' || table === 'issues') {
      await source.main.run(
        `CREATE TABLE ${table} (${columnList(doc)}); INSERT INTO ${table} BY NAME FROM "copy ${table}"`,
      );
      continue;
    }
    const visible = table === 'flows' ? "NOT duplicate AND log_status = 'OK'" : 'NOT duplicate';
    await source.main.run(`DROP VIEW ${table}_all`);
    await source.main.run(
      `CREATE TABLE ${table}_all (${columnList(doc)}); INSERT INTO ${table}_all BY NAME FROM "copy ${table}"`,
    );
    await source.main.run(`CREATE VIEW ${table} AS FROM ${table}_all WHERE ${visible}`);
  }
  return source;
}
