import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/main/db/database';
import { builtInBook } from '../../../src/main/detections/packs/rule-book';
import { runRules } from '../../../src/main/detections/sigma/run';
import { record, user } from '../entities/record';
import { caseWith } from './evidence-fixture';
import type { Call } from './ordinary-life/case';
import { identity } from './ordinary-life/identity';
import { sharing } from './ordinary-life/sharing';
import { workloads } from './ordinary-life/workloads';

const calls: readonly Call[] = [...identity, ...sharing, ...workloads];

/** Every call has a principal and an address of its own, unless it names one, so that nothing adds up across cases. */
function recordsOf({ of }: Call, number: number): object[] {
  const name = `someone${String(number)}`;
  return [of].flat().map((fields, i) =>
    record({
      eventTime: `2025-03-10T12:${String(i % 60).padStart(2, '0')}:00Z`,
      sourceIPAddress: `198.51.${String(number % 200)}.7`,
      userIdentity: user(name, `AKIA${name.toUpperCase()}`),
      managementEvent: true,
      ...fields,
      sample: number,
    }),
  );
}

describe('rules in ordinary life, and what intruders do instead', () => {
  let database: Database;
  const hits = new Set<string>();
  beforeAll(async () => {
    // The firm's second account, whose trail is in the case, too.
    const second = record({ recipientAccountId: '222233334444', eventTime: '2025-03-01T00:00:00Z' });
    database = await caseWith({ cloudtrail: [second, ...calls.flatMap(recordsOf)] });
    const numbered = await runRules(database.main, builtInBook().set, () => undefined);
    const rows = await database.main.rows<{ rule_no: number; sample: number }>(
      `SELECT DISTINCT rule_no, CAST(e.extra ->> '$.sample' AS INTEGER) AS sample FROM sigma_hits h JOIN events e USING (file_id, record_no) WHERE h.source = 'cloudtrail' AND (e.extra ->> '$.sample') IS NOT NULL`,
    );
    for (const { rule_no, sample } of rows) {
      const rule = numbered.find((n) => n.number === rule_no)?.prepared.rule.id ?? '';
      hits.add(`${rule} ${String(sample)}`);
    }
  });
  afterAll(() => database?.close());

  test.each(calls.map((c, i) => [c.rule, c.says, c.what, i] as const))('%s %s: %s', (rule, says, _, i) => {
    expect(builtInBook().rules.some((r) => r.rule.id === rule)).toBe(true);
    expect(hits.has(`${rule} ${String(i)}`)).toBe(says === 'fires');
  });
});
