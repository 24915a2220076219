import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRules } from '../../../src/main/detections/check';
import { ruleFiles } from '../../../src/main/detections/packs/rule-files';
import { parseSigma } from '../../../src/main/detections/sigma/parse';
import { prepareRules } from '../../../src/main/detections/sigma/rule-set';
import { runRules } from '../../../src/main/detections/sigma/run';
import { caseWith } from './evidence-fixture';

const DATASETS = resolve(process.env['COLDTRAIL_DATASETS'] ?? '../shared/datasets');
const RULES = join(DATASETS, 'rules');

interface Expected {
  readonly rule_id: string;
  readonly title: string;
  readonly event_ids: readonly string[];
}

/** Rules whose matches differ from the published list for a reason; docs/rules.md explains each. */
const DIFFERENT: readonly string[] = [
  // A correlation: the list's evaluator has none.
  '8e0f2a4b-6c7d-9e1f-3a5b-7c8d9e0f1a2b',
];

describe.skipIf(!existsSync(RULES))('published rules (needs COLDTRAIL_DATASETS)', () => {
  test('all SigmaHQ and Suzaku CloudTrail rules run', async () => {
    const checked = await checkRules(RULES);
    const cloudtrail = checked.filter((c) => /rules\/cloud\/aws|suzaku\/aws/.test(c.file));
    expect(cloudtrail.filter((c) => !c.ok)).toEqual([]);
    expect(cloudtrail.filter((c) => c.file.startsWith('sigma-aws-rules'))).toHaveLength(57);
  });

  test.each([
    ['invictus', 'cloudtrail/invictus-aws-dataset'],
    ['stratus', 'cloudtrail/stratus-detonation-logs'],
  ] as const)('matches on %s agree with the published list', async (key, folder) => {
    const database = await caseWith({ cloudtrail: recordsBelow(join(DATASETS, folder)) });
    try {
      const files = await ruleFiles(RULES);
      const set = prepareRules(files.flatMap((file) => parseSigma(readFileSync(file, 'utf8')).rules));
      const numbered = await runRules(database.main, set, () => undefined);
      const rows = await database.main.rows<{ rule_no: number; ids: string[] }>(
        'SELECT rule_no, list(event_id ORDER BY event_id) AS ids FROM sigma_hits JOIN events USING (file_id, record_no) GROUP BY rule_no',
      );
      const found = new Map(
        rows.map((r) => [numbered.find((n) => n.number === r.rule_no)?.prepared.rule.id ?? '', r.ids]),
      );
      const list = JSON.parse(readFileSync(join(RULES, 'expected-sigma-matches.json'), 'utf8')) as Record<
        typeof key,
        Expected[]
      >;
      const expected = new Map(list[key].map((e) => [e.rule_id, [...e.event_ids].sort()]));
      const ids = [...new Set([...found.keys(), ...expected.keys()])].sort();
      const different = ids.filter(
        (id) => JSON.stringify(found.get(id) ?? []) !== JSON.stringify(expected.get(id) ?? []),
      );
      expect(
        different
          .filter((id) => !DIFFERENT.includes(id))
          .map((id) => ({ id, found: found.get(id), expected: expected.get(id) })),
      ).toEqual([]);
    } finally {
      database.close();
    }
  });
});

/** Every CloudTrail record in the .json files below a folder: `Records`, lists and single records. */
function recordsBelow(folder: string): object[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    if (!entry.isFile() || !entry.name.endsWith('.json')) return [];
    const value = JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as
      { Records?: object[] } | object[];
    const records = Array.isArray(value) ? value : (value.Records ?? [value]);
    return records.filter((r) => 'eventTime' in r);
  });
}
