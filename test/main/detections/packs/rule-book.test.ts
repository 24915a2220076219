import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDetections } from '../../../../src/main/detections';
import { chooseRules, NO_RULES, type CaseRules } from '../../../../src/main/detections/packs/case-rules';
import { listRules } from '../../../../src/main/detections/packs/list-rules';
import { bookOf, builtInBook, makeBook } from '../../../../src/main/detections/packs/rule-book';
import { replaceFile } from '../../../../src/main/case/case-folder';
import { context, record, user } from '../../entities/record';
import { caseWith } from '../evidence-fixture';
import { filterOf, ruleOn } from './rule-texts';

const rulesOf = (texts: readonly string[], disabled: readonly string[] = []): CaseRules => ({
  ...NO_RULES,
  packs: [
    {
      name: 'mine',
      from: '/mine',
      added: '2025-03-03T10:00:00.000Z',
      files: texts.map((text, i) => ({ path: `${i}.yml`, sha256: '', text })),
    },
  ],
  disabled: [...disabled],
});
const running = (rules: CaseRules) => makeBook(rules).set.events.map((e) => e.rule.id);
const reasonOf = (text: string) =>
  listRules(makeBook(rulesOf([text]))).flatMap((r) => (r.pack === 'mine' ? [r.reason] : []));

describe('a book', () => {
  test('without packs is the built-in one', () => {
    expect(running(NO_RULES)).toEqual(builtInBook().set.events.map((e) => e.rule.id));
  });

  test('leaves out what is disabled, with the rule for failed calls, and detectors', () => {
    const book = makeBook(rulesOf([], ['ct-pe-001', 'vf-006']));
    const all = builtInBook().set.events.map((e) => e.rule.id);
    expect(all).toContain('ct-pe-001-attempt');
    expect(book.set.events.map((e) => e.rule.id)).toEqual(
      all.filter((id) => id !== 'ct-pe-001' && id !== 'ct-pe-001-attempt'),
    );
    expect(book.detectors.map((d) => d.id)).not.toContain('vf-006');
    expect(
      listRules(book)
        .filter((r) => !r.enabled)
        .map((r) => r.id),
    ).toEqual(['ct-pe-001', 'ct-pe-001-attempt', 'vf-006']);
  });

  test('lets a rule of a pack take the place of one with its id', () => {
    const ids = running(rulesOf([ruleOn('ct-pe-001', 'CreateUser')]));
    expect(ids.filter((id) => id.startsWith('ct-pe-001'))).toEqual(['ct-pe-001']);
  });

  test('says why something cannot run', () => {
    expect(reasonOf('title: x\nid: x\ndetection: {sel: {a: 1}, condition: other}')[0]).toContain('"other"');
    expect(reasonOf(ruleOn('x', 'A').replace('cloudtrail', 'sysmon'))).toEqual([
      'no evidence of the kind aws/sysmon is read',
    ]);
    expect(reasonOf(filterOf('[nothing]', 'ann'))).toEqual(['it filters nothing, which is not there']);
    expect(reasonOf(filterOf('[ct-di-001]', 'ann'))[0]).toContain('name the rules that it counts');
  });
});

describe('an analysis of a case', () => {
  let place: string;
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'coldtrail-book-'));
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  const creates = (name: string) =>
    record({
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      userIdentity: user(name, `AKIA${name.toUpperCase()}`),
      requestParameters: { userName: `by-${name}` },
    });

  /** Rule ids of each finding, by the user who acted. */
  async function found(): Promise<Record<string, string[]>> {
    const database = await caseWith({ cloudtrail: [creates('ann'), creates('bob')] });
    try {
      await runDetections({ ...context(database.main), casePath: place });
      const rows = await database.main.rows<{ who: string; rules: string[] }>(
        `SELECT regexp_extract(principal, '[^/]+$') AS who, list_sort(flatten(list(json_extract_string(sources, '$[*].ruleId')))) AS rules FROM findings GROUP BY who`,
      );
      return Object.fromEntries(rows.map((r) => [r.who, r.rules]));
    } finally {
      database.close();
    }
  }
  const save = (rules: CaseRules) => replaceFile(join(place, 'rules.json'), JSON.stringify(rules));

  test('uses its rules, filters and choices, and the next one the next', async () => {
    expect(await found()).toMatchObject({ ann: ['ct-pe-001'], bob: ['ct-pe-001'] });
    await save(rulesOf([ruleOn('own', 'CreateUser'), filterOf('[ct-pe-001]', 'ann')]));
    expect(await found()).toMatchObject({ ann: ['own'], bob: ['ct-pe-001', 'own'] });
    await save(
      rulesOf([ruleOn('own', 'CreateUser'), filterOf('any', 'ann'), filterOf('any', 'bob', 'vpcflow')]),
    );
    expect(await found()).toEqual({ bob: ['ct-pe-001', 'own'] });
    await chooseRules(place, { enable: [], disable: ['own'] });
    expect(await found()).toEqual({ bob: ['ct-pe-001'] });
    expect((await bookOf(place)).set.problems).toEqual([]);
  });

  test('names author, licence and link of each rule on its findings', async () => {
    await save(rulesOf([ruleOn('own', 'CreateUser')]));
    const database = await caseWith({ cloudtrail: [creates('ann')] });
    await runDetections({ ...context(database.main), casePath: place });
    const [row] = await database.main.rows<{ sources: string }>(
      `SELECT CAST(sources AS VARCHAR) AS sources FROM findings WHERE rule_id = 'ct-pe-001'`,
    );
    database.close();
    expect(JSON.parse(row?.sources ?? '[]')).toMatchObject([
      { ruleId: 'ct-pe-001', author: 'Coldtrail', licence: 'Apache-2.0' },
      { ruleId: 'own', author: 'Jo Analyst', licence: 'CC-BY-4.0', link: 'https://example.org/why' },
    ]);
  });
});
