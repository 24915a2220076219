import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addPacks,
  chooseRules,
  NO_RULES,
  readCaseRules,
} from '../../../../src/main/detections/packs/case-rules';
import { ruleOn } from './rule-texts';

const NOW = '2025-03-03T10:00:00.000Z';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-packs-'));
  for (const name of ['case', 'one/rules/deep', 'two/rules'])
    await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'one/rules/a.yml'), ruleOn('a', 'CreateUser'));
  await writeFile(join(folder, 'one/rules/deep/b.YAML'), ruleOn('b', 'DeleteUser'));
  await writeFile(join(folder, 'one/rules/notes.txt'), 'no rule');
  await writeFile(join(folder, 'two/rules/c.yml'), ruleOn('c', 'GetUser'));
  await writeFile(join(folder, 'secret'), 'kept');
  await symlink(join(folder, 'secret'), join(folder, 'one/rules/link.yml'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('rules of a case', () => {
  test('are none at first', async () => {
    expect(await readCaseRules(join(folder, 'case'))).toEqual(NO_RULES);
  });

  test('are taken in whole, from every folder below, links aside; a folder added again is replaced', async () => {
    const place = join(folder, 'case');
    const sources = [join(folder, 'one/rules'), join(folder, 'two/rules')];
    await addPacks(place, sources, NOW);
    await rm(join(folder, 'two'), { recursive: true });
    await writeFile(join(folder, 'one/rules/a.yml'), ruleOn('a', 'CreateRole'));
    await addPacks(place, sources.slice(0, 1), NOW);
    const { packs } = await readCaseRules(place);
    expect(packs.map((p) => [p.name, p.files.map((f) => f.path)])).toEqual([
      ['rules-2', ['c.yml']],
      ['rules', ['a.yml', 'deep/b.YAML']],
    ]);
    expect(packs[1]?.files[0]?.text).toContain('CreateRole');
  });

  test('are disabled and enabled by id', async () => {
    const place = join(folder, 'case');
    await chooseRules(place, { enable: [], disable: ['ct-pe-001', 'vf-006'] });
    expect((await chooseRules(place, { enable: ['vf-006'], disable: ['a'] })).disabled).toEqual([
      'a',
      'ct-pe-001',
    ]);
    expect((await readCaseRules(place)).packs).toHaveLength(2);
  });

  test('that cannot be read are told, not taken for none', async () => {
    const place = join(folder, 'broken');
    await mkdir(place);
    await writeFile(join(place, 'rules.json'), '{"schema":1,"packs":[');
    await expect(readCaseRules(place)).rejects.toMatchObject({ code: 'rules.unreadable' });
  });
});
