import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { severityRank } from '../../shared/model/severity';
import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import { quotedString } from '../db/sql';
import foldSql from './fold.sql?raw';
import providerSql from './provider.sql?raw';
import { parseSigma } from './engine/parse';
import type { SigmaRule } from './engine/rule';
import { ruleStatement, runRules } from './engine/run';
import type { Detector } from './statistical/detector';

const ruleTexts = import.meta.glob<string>('../../../resources/detections/*.yml', { eager: true, query: '?raw', import: 'default' });
const detectorModules = import.meta.glob<Detector>(['./statistical/*.ts', '!./statistical/detector.ts'], { eager: true, import: 'default' });

const builtIn: readonly SigmaRule[] = Object.entries(ruleTexts)
  .sort(([a], [b]) => a.localeCompare(b))
  .flatMap(([, text]) => parseSigma(text).rules);
const detectors: readonly Detector[] = Object.values(detectorModules).sort((a, b) => a.id.localeCompare(b.id));

/** Creates findings, finding_events and finding_entities: rules, detectors and provider findings, folded. */
export async function runDetections({ connection, progress }: AnalysisContext): Promise<void> {
  await runRules(connection, builtIn, (share) => progress('Detections', share * 0.7));
  await describeRules(connection, builtIn);
  for (const statement of statements(foldSql)) await connection.run(statement);
  for (const [i, detector] of detectors.entries()) {
    progress(detector.title, 0.7 + (0.2 * i) / detectors.length);
    await runDetector(connection, detector);
  }
  for (const statement of statements(providerSql)) await connection.run(statement);
}

function statements(text: string): string[] {
  return text.split(/;\s*\n/).filter((s) => s.replace(/--.*$/gm, '').trim() !== '');
}

async function describeRules(connection: Connection, rules: readonly SigmaRule[]): Promise<void> {
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE rules_run (rule_id VARCHAR, title VARCHAR, author VARCHAR, licence VARCHAR, link VARCHAR, level_rank INTEGER, tactic VARCHAR, techniques VARCHAR[], techniques_v18 VARCHAR[], remediation VARCHAR[], false_positives VARCHAR)',
  );
  const list = (texts: readonly string[]) => `CAST([${texts.map(quotedString).join(', ')}] AS VARCHAR[])`;
  const rows = rules.map(
    (r) =>
      `(${[r.id, r.title, r.author, r.licence, r.link].map(quotedString).join(', ')}, ${severityRank(r.level)}, ${quotedString(r.tactic)}, ${list(r.techniques)}, ${list(r.techniquesV18)}, ${list(r.remediation)}, ${quotedString(r.falsePositives)})`,
  );
  await connection.run(`INSERT INTO rules_run VALUES ${rows.join(', ')}`);
}

async function runDetector(connection: Connection, detector: Detector): Promise<void> {
  const params = { id: detector.id };
  await connection.run(`CREATE OR REPLACE TEMP TABLE detected AS SELECT *, md5(${quotedString(detector.id)} || '|' || fold) AS finding_id FROM (${detector.sql})`);
  const list = (texts: readonly string[]) => `CAST([${texts.map(quotedString).join(', ')}] AS VARCHAR[])`;
  await connection.run(
    `INSERT INTO findings
     SELECT finding_id, $id, ${quotedString(detector.title)},
       ${quotedString(detector.description)} || ' ' || count(*) || ' records' || coalesce(' from ' || any_value(source_ip), '') || coalesce(' concerning ' || any_value(instance_id), '') || '.',
       'coldtrail', 'statistical', ${quotedString(detector.tactic)}, ${list(detector.techniques)}, [], any_value(severity), 'severity of the detector',
       any_value(principal), mode(session_key), any_value(source_ip), any_value(account_id), min(event_time), max(event_time), count(*),
       CAST([{'ruleId': $id, 'title': ${quotedString(detector.title)}, 'provider': 'coldtrail', 'author': 'Coldtrail', 'licence': '', 'link': '', 'severity': any_value(severity)}] AS JSON),
       ${list(detector.remediation)}, ${quotedString(detector.falsePositives)}
     FROM detected GROUP BY finding_id`,
    params,
  );
  await connection.run(`INSERT INTO finding_events SELECT finding_id, ${quotedString(detector.source)}, file_id, record_no, event_id, event_time FROM detected`);
  await connection.run(`
    INSERT INTO finding_entities SELECT DISTINCT * FROM (
      SELECT d.finding_id, c.principal_type AS t, d.principal AS id, 'actor' AS role FROM detected d JOIN calls c USING (file_id, record_no) WHERE d.principal IS NOT NULL AND d.event_id IS NOT NULL
      UNION ALL SELECT finding_id, 'accessKey', session_key, 'credential' FROM detected
      UNION ALL SELECT finding_id, 'address', source_ip, 'address' FROM detected
      UNION ALL SELECT finding_id, 'account', account_id, 'account' FROM detected
      UNION ALL SELECT finding_id, CASE WHEN instance_id LIKE 'i-%' THEN 'instance' ELSE 'resource' END, instance_id, 'target' FROM detected
    ) WHERE id IS NOT NULL`);
}

export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: string;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly kind: 'sigma' | 'statistical';
}

/** Every built-in rule and detector that reports findings. */
export function catalogue(): CatalogueEntry[] {
  const counted = new Set(builtIn.flatMap((r) => (r.kind === 'correlation' ? r.rules : [])));
  const rules = builtIn
    .filter((r) => !counted.has(r.name))
    .map((r) => ({ id: r.id, title: r.title, description: r.description, severity: r.level, tactic: r.tactic, techniques: r.techniques, kind: 'sigma' as const }));
  const own = detectors.map((d) => ({ id: d.id, title: d.title, description: d.description, severity: d.severity, tactic: d.tactic, techniques: d.techniques, kind: 'statistical' as const }));
  return [...rules, ...own];
}

/** The rule's own YAML, or the detector's description; empty when unknown. */
export function ruleText(ruleId: string): string {
  return builtIn.find((r) => r.id === ruleId)?.text ?? detectors.find((d) => d.id === ruleId)?.description ?? '';
}

/** A SELECT over the documented tables that gives the records of a rule. */
export function ruleSql(ruleId: string): string {
  const rule = builtIn.find((r) => r.id === ruleId);
  return rule ? ruleStatement(rule, builtIn) : (detectors.find((d) => d.id === ruleId)?.sql ?? '');
}

export { technique } from './techniques';

export interface CheckedRule {
  readonly file: string;
  readonly id: string | null;
  readonly title: string | null;
  readonly ok: boolean;
  readonly reason: string | null;
}

/** Reads every .yml under a folder and says for each rule whether it can run, and if not, why. */
export async function checkRules(folder: string): Promise<CheckedRule[]> {
  const files = (await yamlFiles(folder)).sort();
  const parsed = await Promise.all(files.map(async (path) => ({ file: relative(folder, path), parsed: parseSigma(await readFile(path, 'utf8')) })));
  const all = parsed.flatMap((p) => p.parsed.rules);
  return parsed.flatMap(({ file, parsed: { rules, problems } }) => [
    ...problems.map((p) => ({ file, id: p.id || null, title: p.title || null, ok: false, reason: p.reason })),
    ...rules.map((rule) => {
      try {
        ruleStatement(rule, all);
        return { file, id: rule.id, title: rule.title, ok: true, reason: null };
      } catch (error) {
        return { file, id: rule.id, title: rule.title, ok: false, reason: error instanceof Error ? error.message : String(error) };
      }
    }),
  ]);
}

async function yamlFiles(folder: string): Promise<string[]> {
  const out: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) out.push(...(await yamlFiles(path)));
    else if (/\.ya?ml$/i.test(entry.name)) out.push(path);
  }
  return out;
}
