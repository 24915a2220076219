import { expect } from 'vitest';
import type { Database } from '../../../../src/main/db/database';
import { correlationStatement } from '../../../../src/main/detections/sigma/correlation-sql';
import { parseSigma } from '../../../../src/main/detections/sigma/parse';
import { prepareRules } from '../../../../src/main/detections/sigma/rule-set';
import { runRules } from '../../../../src/main/detections/sigma/run';
import { eventStatement } from '../../../../src/main/detections/sigma/statements';

/**
 * Rule id -> record numbers that a Sigma text finds on a table, in their order, of the rules that report. The statement
 * that is shown for each rule has to give the same.
 */
export async function hitsOf(database: Database, text: string): Promise<ReadonlyMap<string, number[]>> {
  const { rules, problems } = parseSigma(text);
  expect(problems).toEqual([]);
  const set = prepareRules(rules);
  expect(set.problems).toEqual([]);
  const numbered = await runRules(database.main, set, () => undefined);
  const hits = new Map<string, number[]>();
  for (const { number, prepared } of numbered) {
    const rows = await database.main.rows<{ n: number }>(
      'SELECT DISTINCT record_no AS n FROM sigma_hits WHERE rule_no = $number ORDER BY n',
      { number },
    );
    const statement = 'bases' in prepared ? correlationStatement(prepared) : eventStatement(prepared);
    const shown = await database.main.rows<{ n: number }>(
      `SELECT DISTINCT record_no AS n FROM (${statement}) ORDER BY n`,
    );
    expect(rows, `${prepared.rule.id}: the scan and the shown statement agree`).toEqual(shown);
    hits.set(
      prepared.rule.id,
      rows.map((r) => r.n),
    );
  }
  return hits;
}
