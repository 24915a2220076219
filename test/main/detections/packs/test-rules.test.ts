import { expect, test } from 'vitest';
import { testRules } from '../../../../src/main/detections/packs/test-rules';
import { record, user } from '../../entities/record';
import { caseWith } from '../evidence-fixture';
import { filterOf, ruleOn } from './rule-texts';

test('tells matches, what filters exclude, and what cannot run, and leaves the case as it is', async () => {
  const creates = (name: string, minute: number) =>
    record({
      eventTime: `2025-03-03T10:0${minute}:00Z`,
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      userIdentity: user(name, `AKIA${name.toUpperCase()}`),
    });
  const database = await caseWith({ cloudtrail: [creates('ann', 1), creates('bob', 2), creates('bob', 3)] });
  const tables = () => database.main.rows('SELECT table_name FROM duckdb_tables() ORDER BY 1');
  const before = await tables();
  const texts = [ruleOn('own', 'CreateUser'), filterOf('[ct-pe-001]', 'ann'), 'title: broken\ndetection: {}'];
  const tested = await testRules(database.main, {
    name: 'mine',
    from: '/mine',
    added: '2025-03-03T10:00:00.000Z',
    files: texts.map((text, i) => ({ path: `${i}.yml`, sha256: '', text })),
  });
  expect(await tables()).toEqual(before);
  database.close();
  expect(tested).toEqual([
    expect.objectContaining({
      id: 'own',
      author: 'Jo Analyst',
      records: 3,
      excluded: 0,
      first: '2025-03-03T10:01:00.000000Z',
      last: '2025-03-03T10:03:00.000000Z',
    }),
    expect.objectContaining({ id: 'ct-pe-001', records: 2, excluded: 1 }),
    expect.objectContaining({ id: 'ct-pe-001-attempt', records: 0, excluded: 0 }),
    expect.objectContaining({ id: '2.yml', reason: '2.yml: no condition' }),
  ]);
  expect(tested[1]?.samples).toHaveLength(2);
});
