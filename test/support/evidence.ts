import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaseFolder } from '../../src/main/case/case-folder';
import { Database, type Connection } from '../../src/main/db/database';
import { annotationTables, columnList, evidenceTables } from '../../src/main/evidence/tables';
import { attachEvidence, createDerivedTables, visibleRows } from '../../src/main/evidence/views';
import { ingest } from '../../src/main/ingest/ingest';

export interface Evidence {
  /** CloudTrail records as logged. */
  readonly cloudtrail?: readonly object[];
  /** Lines of the default flow log format. */
  readonly flows?: readonly string[];
  /** GuardDuty findings in the spelling of the S3 export. */
  readonly guardduty?: readonly object[];
  /** Kubernetes audit events. */
  readonly k8sAudit?: readonly object[];
  /** Route 53 Resolver query log records. */
  readonly dnsQueries?: readonly object[];
  /** Lines of S3 server access logs. */
  readonly s3Access?: readonly string[];
  /** Lines of access logs of load balancers. */
  readonly elbAccess?: readonly string[];
  /** AWS WAF log records. */
  readonly waf?: readonly object[];
  /** Descriptions, as answers of the API or files of AWS Config. */
  readonly descriptions?: readonly object[];
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

/** The derived tables of derived.sql and the annotations, empty. */
export async function emptyDerived(connection: Connection): Promise<void> {
  await createDerivedTables(connection);
  for (const doc of annotationTables)
    await connection.run(`CREATE OR REPLACE TABLE ${doc.table} (${columnList(doc)})`);
}

async function writeBundle(bundle: string, evidence: Evidence): Promise<void> {
  const {
    cloudtrail = [],
    flows = [],
    guardduty = [],
    k8sAudit = [],
    dnsQueries = [],
    s3Access = [],
    elbAccess = [],
    waf = [],
    descriptions = [],
  } = evidence;
  await mkdir(bundle);
  const lines = (records: readonly object[]) => records.map((r) => JSON.stringify(r));
  const files: readonly (readonly [name: string, lines: readonly string[]])[] = [
    ['cloudtrail.json', cloudtrail.length > 0 ? [JSON.stringify({ Records: cloudtrail })] : []],
    ['flows.log', flows],
    ['guardduty.jsonl', lines(guardduty)],
    ['audit.jsonl', lines(k8sAudit)],
    ['resolver.jsonl', lines(dnsQueries)],
    ['s3-access.log', s3Access],
    ['elb-access.log', elbAccess],
    ['waf.jsonl', lines(waf)],
    ...descriptions.map((one, i) => [`description-${i}.json`, [JSON.stringify(one)]] as const),
  ];
  for (const [name, content] of files)
    if (content.length > 0) await writeFile(join(bundle, name), `${content.join('\n')}\n`);
}

/** The evidence as tables of their own, so that the case folder can go. */
async function copyOf(caseFolder: CaseFolder): Promise<Database> {
  const source = await Database.open({ threads: 1 });
  await attachEvidence(source.main, caseFolder);
  for (const doc of evidenceTables) {
    const visible = visibleRows(doc);
    const all = visible === null ? doc.table : `${doc.table}_all`;
    await source.main.run(
      `CREATE TABLE "copy ${doc.table}" AS FROM ${all}; DROP VIEW ${doc.table}${visible === null ? '' : `; DROP VIEW ${all}`}`,
    );
    await source.main.run(
      `CREATE TABLE ${all} (${columnList(doc)}); INSERT INTO ${all} BY NAME FROM "copy ${doc.table}"`,
    );
    if (visible !== null) await source.main.run(`CREATE VIEW ${doc.table} AS FROM ${all} WHERE ${visible}`);
  }
  return source;
}
