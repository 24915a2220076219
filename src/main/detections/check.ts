import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { Database } from '../db/database';
import { columnList, derivedTableDocs, evidenceTables } from '../evidence/tables';
import { ruleFiles } from './packs/rule-files';
import { parseSigma } from './sigma/parse';
import { prepareRules } from './sigma/rule-set';
import { correlationStatement } from './sigma/correlation-sql';
import { eventStatement } from './sigma/statements';
import type { SigmaRule } from './sigma/rule';

interface CheckedRule {
  /** Path below the checked folder. */
  readonly file: string;
  readonly id: string | null;
  readonly title: string | null;
  readonly ok: boolean;
  /** Why it cannot run; null when it can. */
  readonly reason: string | null;
}

interface Entry {
  readonly file: string;
  readonly rule: SigmaRule;
}

/**
 * Reads every .yml and .yaml below a folder and says for each rule whether it can run, and if not, why. The statement
 * of each rule is bound against empty tables, so what the database refuses (a regular expression) is known, too.
 */
export async function checkRules(folder: string): Promise<CheckedRule[]> {
  const checked: CheckedRule[] = [];
  const entries: Entry[] = [];
  for (const path of await ruleFiles(folder)) {
    const file = relative(folder, path);
    const { rules, problems } = parseSigma(await readFile(path, 'utf8'));
    checked.push(...problems.map((p) => ({ file, id: p.id, title: p.title, ok: false, reason: p.reason })));
    entries.push(...rules.map((rule) => ({ file, rule })));
  }
  const reasons = await reasonsOf(entries.map((e) => e.rule));
  for (const { file, rule } of entries) {
    const reason = reasons.get(rule) ?? null;
    checked.push({ file, id: rule.id, title: rule.title, ok: reason === null, reason });
  }
  return checked.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

/** Why rules cannot run, for those that cannot. */
async function reasonsOf(rules: readonly SigmaRule[]): Promise<Map<SigmaRule, string>> {
  const set = prepareRules(rules);
  const reasons = new Map(set.problems.map(({ rule, reason }) => [rule, reason]));
  const database = await Database.open();
  try {
    for (const doc of [...evidenceTables, ...derivedTableDocs]) {
      await database.main.run(`CREATE TABLE ${doc.table} (${columnList(doc)})`);
    }
    const statements: [SigmaRule, string][] = [
      ...set.events.map((e): [SigmaRule, string] => [e.rule, eventStatement(e)]),
      ...set.correlations.map((c): [SigmaRule, string] => [c.rule, correlationStatement(c)]),
    ];
    for (const [rule, statement] of statements) {
      await database.main.run(statement).catch((error: unknown) => {
        reasons.set(rule, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
      });
    }
  } finally {
    database.close();
  }
  return reasons;
}
