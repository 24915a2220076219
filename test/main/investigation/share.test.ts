import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { writeShared } from '../../../src/main/case/shared-folder';
import { actingIn } from '../../../src/main/investigation/investigate/acting-in';
import { investigateEntity } from '../../../src/main/investigation/investigate/index';
import { loadIncidents } from '../../../src/main/investigation/load';
import { shareInvestigations, takeInvestigations } from '../../../src/main/investigation/saved/share';
import { keep, listKept, readKept, setState } from '../../../src/main/investigation/saved/store';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

const NOW = '2026-01-02T03:04:05.000Z';
let sample: SampleCase;
let base: string;
let shared: string;
let ids: string[];
beforeAll(async () => {
  sample = await openSampleCase();
  base = await mkdtemp(join(tmpdir(), 'coldtrail-share-inv-'));
  shared = join(base, 'shared');
  ids = await sample.database.ask(async ({ connection, caseFolder }) => {
    const [incident] = await loadIncidents(connection);
    const made = [];
    for (const entity of (await actingIn(connection, incident?.id ?? '')).slice(0, 4))
      made.push(
        (await keep(caseFolder, await investigateEntity(connection, { entity, scope: null }), NOW)).id,
      );
    return made.sort();
  });
  await shareInvestigations(sample.caseFolder, shared, { ids: null, now: NOW });
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
  await sample.close();
});

describe('investigations as a folder', () => {
  it('come whole into another case, which says where from, and once only', async () => {
    expect(ids.length).toBeGreaterThan(1);
    const other = await CaseFolder.create(join(base, 'other'), 'Other');
    expect(await takeInvestigations(other, shared)).toEqual({ added: ids.length, known: 0, differing: [] });
    for (const id of ids) {
      const [there, here] = [await readKept(other, id), await readKept(sample.caseFolder, id)];
      expect(there).toEqual({ ...here, origin: 'Sample' });
    }
    expect(new Set((await listKept(other)).map(({ origin }) => origin))).toEqual(new Set(['Sample']));
    expect(await takeInvestigations(other, shared)).toEqual({ added: 0, known: ids.length, differing: [] });
    const further = join(base, 'further');
    await shareInvestigations(other, further, { ids: ids.slice(0, 1), now: NOW });
    const third = await CaseFolder.create(join(base, 'third'), 'Third');
    expect(await takeInvestigations(third, further)).toMatchObject({ added: 1 });
    expect((await readKept(third, ids[0] ?? '')).origin).toBe('Sample');
  });

  it('are known in the case that they come from', async () => {
    const taken = await takeInvestigations(sample.caseFolder, shared);
    expect(taken).toEqual({ added: 0, known: ids.length, differing: [] });
  });

  it('change nothing of what the case keeps: its state stays, and other content is told', async () => {
    const copy = await CaseFolder.create(join(base, 'copy'), 'Copy');
    await takeInvestigations(copy, shared);
    const [first = '', second = ''] = ids;
    await setState(copy, first, 'ARCHIVED');
    const path = join(copy.path, 'investigations', `${second}.json`);
    const changed = (await readFile(path, 'utf8')).replace('"severity":"critical"', '"severity":"low"');
    await writeFile(path, changed);
    expect(await takeInvestigations(copy, shared)).toEqual({
      added: 0,
      known: ids.length - 1,
      differing: [second],
    });
    expect((await readKept(copy, first)).state).toBe('ARCHIVED');
    expect(await readFile(path, 'utf8')).toBe(changed);
  });

  it.each<[string, (text: string, id: string) => readonly [string, string], RegExp]>([
    ['no JSON', (_, id) => [`${id}.json`, '{'], /is no JSON/],
    ['another shape', (_, id) => [`${id}.json`, '{"id":"1"}'], /is no investigation/],
    ['a name that is not its id', (text) => ['000000000000000000001.json', text], /holds/],
    [
      'an id that is a path',
      (text, id) => [`${id}.json`, text.replace(id, '../../../../tmp/x')],
      /is no investigation: id/,
    ],
    [
      'an entity of no kind',
      (text, id) => [`${id}.json`, text.replace(/"type":"\w+"/, '"type":"__proto__"')],
      /is no investigation: investigation\.entity/,
    ],
  ])('are refused with %s, also those before it', async (what, forge, detail) => {
    const [good = '', id = ''] = ids;
    const text = async (of: string) => JSON.stringify(await readKept(sample.caseFolder, of));
    const files = new Map([[`${good}.json`, await text(good)], forge(await text(id), id)]);
    const folder = join(base, `forged ${what}`);
    await writeShared(folder, { kind: 'investigations', caseFolder: sample.caseFolder, files, now: NOW });
    const victim = await CaseFolder.create(join(base, `victim ${what}`), 'Victim');
    await expect(takeInvestigations(victim, folder)).rejects.toMatchObject({
      code: 'share.refused',
      params: { detail: expect.stringMatching(detail) as string },
    });
    expect(await listKept(victim)).toEqual([]);
  });
});
