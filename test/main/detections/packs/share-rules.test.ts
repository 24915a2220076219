import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../../src/main/case/case-folder';
import { writeShared } from '../../../../src/main/case/shared-folder';
import { addPacks, chooseRules, readCaseRules } from '../../../../src/main/detections/packs/case-rules';
import { listRules } from '../../../../src/main/detections/packs/list-rules';
import { bookOf } from '../../../../src/main/detections/packs/rule-book';
import { shareRules, takeSharedRules } from '../../../../src/main/detections/packs/share-rules';
import { ruleOn } from './rule-texts';

const NOW = '2025-03-03T10:00:00.000Z';
let base: string;
let first: CaseFolder;
let shared: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'coldtrail-share-rules-'));
  first = await CaseFolder.create(join(base, 'first'), 'First');
  await mkdir(join(base, 'own rules', 'deep'), { recursive: true });
  await writeFile(join(base, 'own rules', 'a.yml'), ruleOn('a', 'CreateUser'));
  await writeFile(join(base, 'own rules', 'deep', 'b – 2.yaml'), ruleOn('b', 'DeleteUser'));
  await addPacks(first.path, [join(base, 'own rules')], NOW);
  await chooseRules(first.path, { enable: [], disable: ['ct-pe-001', 'b'] });
  shared = join(base, 'shared');
});
afterAll(() => rm(base, { recursive: true, force: true }));

const other = (name: string) => CaseFolder.create(join(base, name), name);

describe('rules of a case as a folder', () => {
  it('bring packs and choices into another case, and twice is as once', async () => {
    expect(await shareRules(first, shared, NOW)).toEqual({ packs: ['own rules'], rules: 2, disabled: 2 });
    const second = await other('second');
    await chooseRules(second.path, { enable: [], disable: ['vf-006'] });
    await takeSharedRules(second, shared, NOW);
    const once = await readFile(join(second.path, 'rules.json'), 'utf8');
    await takeSharedRules(second, shared, NOW);
    expect(await readFile(join(second.path, 'rules.json'), 'utf8')).toBe(once);
    const [mine, theirs] = [await readCaseRules(first.path), await readCaseRules(second.path)];
    expect(theirs.packs.map(({ name, files }) => ({ name, files }))).toEqual(
      mine.packs.map(({ name, files }) => ({ name, files })),
    );
    expect(theirs.disabled).toEqual(['b', 'ct-pe-001', 'vf-006']);
    const rows = listRules(await bookOf(second.path)).filter(({ pack }) => pack === 'own rules');
    expect(rows.map(({ id, enabled }) => [id, enabled]).sort()).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('say nothing of the machine that they come from', async () => {
    for (const name of ['rules.json', 'coldtrail-share.json'])
      expect(await readFile(join(shared, name), 'utf8')).not.toContain(base);
  });

  it.each([
    ['no index', new Map([['packs/1/a.yml', 'x']]), /rules\.json is not listed/],
    ['an index of another shape', new Map([['rules.json', '{"packs":[{"name":7}]}']]), /rules\.json/],
    [
      'a file that the manifest does not name',
      new Map([
        ['rules.json', '{"packs":[{"name":"p","files":[{"path":"a.yml","file":"../../x"}]}],"disabled":[]}'],
      ]),
      /\.\.\/\.\.\/x is not listed/,
    ],
  ])('are refused with %s, and nothing is changed', async (what, files, detail) => {
    const folder = join(base, `forged ${what}`);
    await writeShared(folder, { kind: 'rules', caseFolder: first, files, now: NOW });
    const third = await other(`third ${what}`);
    await expect(takeSharedRules(third, folder, NOW)).rejects.toMatchObject({
      code: 'share.refused',
      params: { detail: expect.stringMatching(detail) as string },
    });
    await expect(readFile(join(third.path, 'rules.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that cannot run are told as such by the case that takes them', async () => {
    const folder = join(base, 'bombs');
    const aliases = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((k, i) => `${k}: &${k} [${`*${'abcdefg'[i] ?? 'a'},`.repeat(9)}]`)
      .join('\n')}`;
    const files = new Map([
      ['packs/1/bomb.yml', aliases],
      [
        'rules.json',
        JSON.stringify({
          packs: [{ name: 'p', files: [{ path: 'bomb.yml', file: 'packs/1/bomb.yml' }] }],
          disabled: ['__proto__', "'; DROP TABLE findings; --"],
        }),
      ],
    ]);
    await writeShared(folder, { kind: 'rules', caseFolder: first, files, now: NOW });
    const fourth = await other('fourth');
    await takeSharedRules(fourth, folder, NOW);
    const rows = listRules(await bookOf(fourth.path));
    const bombs = rows.filter(({ pack }) => pack === 'p');
    expect(bombs.length).toBeGreaterThan(0);
    for (const row of bombs) expect(row.reason).not.toBeNull();
  });
});
