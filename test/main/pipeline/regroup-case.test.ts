import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { annotate, removeAnnotation } from '../../../src/main/custody/annotate';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { loadIncidents } from '../../../src/main/investigation/load';
import { analyseCase } from '../../../src/main/pipeline/analyse-case';
import { openBundle } from '../../../src/main/pipeline/open-bundle';
import { regroupCase } from '../../../src/main/pipeline/regroup-case';
import { buildReport } from '../../../src/main/report/build';
import { composeSample } from '../../../src/sample';
import type { Incident } from '../../../src/shared/model/incident';

const SETTINGS = { baselineDays: 14 };
let folder = '';
let caseFolder: CaseFolder;

async function incidents(): Promise<Incident[]> {
  const database = await openCaseDatabase(caseFolder);
  try {
    return await loadIncidents(database.main);
  } finally {
    database.close();
  }
}

function decide(kind: 'together' | 'apart', id: string, other: string): Promise<string> {
  const subject = { kind: 'finding', type: '', id } as const;
  return annotate(caseFolder, { id: null, kind, subject, title: other, text: 'a drill' });
}

async function takeBack(id: string): Promise<void> {
  const database = await openCaseDatabase(caseFolder);
  try {
    await removeAnnotation(database.main, caseFolder, id);
  } finally {
    database.close();
  }
  await regroupCase({ caseFolder });
}

async function inode(table: string): Promise<number> {
  return (await stat(join((await caseFolder.currentRun()) ?? '', `${table}.parquet`))).ino;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-regroup-'));
  const out = join(folder, 'sample');
  await composeSample({ out, seed: 6, events: 6000, flows: 4000, scenario: 'two-attackers' });
  caseFolder = await CaseFolder.create(join(folder, 'case'), 'regroup');
  await openBundle({ caseFolder, paths: [join(out, 'bundle')], ...SETTINGS });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('regroupCase', () => {
  it('changes nothing where nothing was decided, and keeps the files it does not change', async () => {
    const [before, calls] = [await incidents(), await inode('calls')];
    await regroupCase({ caseFolder });
    expect(await incidents()).toEqual(before);
    expect(await inode('calls')).toBe(calls);
  });

  it('joins two incidents and answers for both, as a whole analysis does; taken back, all is as it was', async () => {
    const before = await incidents();
    const [one, other] = before;
    if (!one || !other) throw new Error('the story has two incidents');
    const id = await decide('together', one.findingIds[0] ?? '', other.findingIds[0] ?? '');
    await regroupCase({ caseFolder });
    const joined = await incidents();
    const whole = joined.find(({ findingIds }) => findingIds.includes(one.findingIds[0] ?? ''));
    expect(new Set(whole?.findingIds)).toEqual(new Set([...one.findingIds, ...other.findingIds]));
    expect(whole?.links.some(({ reasons }) => reasons.some((r) => r.type === 'analyst' && r.id === id))).toBe(
      true,
    );
    await analyseCase({ caseFolder, ...SETTINGS });
    expect(await incidents()).toEqual(joined);
    await takeBack(id);
    expect(await incidents()).toEqual(before);
  });

  it('cuts a finding out, tells it in the report, and leaves other incidents as they are', async () => {
    const before = await incidents();
    const [one, ...others] = before;
    const out = one?.findingIds.at(-1) ?? '';
    const id = await decide('apart', out, '');
    await regroupCase({ caseFolder });
    const after = await incidents();
    expect(after.find((incident) => incident.id === one?.id)?.findingIds).toEqual(
      one?.findingIds.filter((finding) => finding !== out),
    );
    for (const other of others) expect(after).toContainEqual(other);
    const database = await openCaseDatabase(caseFolder);
    try {
      const { notes } = await buildReport(database.main, caseFolder, {
        incidentIds: null,
        now: '2025-01-01T00:00:00.000000Z',
      });
      expect(notes.map(({ text }) => text)).toContain('Taken out of its incident by hand: a drill');
    } finally {
      database.close();
    }
    await takeBack(id);
    expect(await incidents()).toEqual(before);
  });
});
