import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { loadIncidents } from '../../../src/main/investigation/load';
import { openBundle } from '../../../src/main/pipeline/open-bundle';
import { composeSample } from '../../../src/sample/index';
import type { Truth } from '../../../src/sample/stage/truth';

type Incidents = Awaited<ReturnType<typeof loadIncidents>>;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-seeds-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Composes the full intrusion with a seed, opens it, and gives what was told beside what is true. */
async function solve(
  seed: number,
): Promise<{ truth: Truth; incidents: Incidents; finding: Map<string, string[]> }> {
  const out = join(folder, String(seed));
  const { bundle } = await composeSample({ out, seed, events: 12_000, flows: 30_000 });
  const caseFolder = await CaseFolder.create(join(out, 'case'), `seed ${String(seed)}`);
  await openBundle({ caseFolder, paths: [bundle], baselineDays: 14 });
  const database = await openCaseDatabase(caseFolder);
  try {
    const rows = await database.main.rows<{ finding: string; provider: string }>(
      `SELECT e.finding_id AS finding, p.finding_id AS provider FROM finding_events e
       JOIN provider_findings p ON p.file_id = e.file_id AND p.record_no = e.record_no`,
    );
    const finding = new Map<string, string[]>();
    for (const row of rows) finding.set(row.provider, [...(finding.get(row.provider) ?? []), row.finding]);
    return {
      truth: JSON.parse(await readFile(join(out, 'truth.json'), 'utf8')) as Truth,
      incidents: await loadIncidents(database.main),
      finding,
    };
  } finally {
    database.close();
    await rm(out, { recursive: true, force: true });
  }
}

describe.each([101, 202, 303, 404, 505])('the full intrusion composed with seed %i', (seed) => {
  let solved: Awaited<ReturnType<typeof solve>>;
  beforeAll(async () => {
    solved = await solve(seed);
  });

  it('begins exactly where it began', () => {
    const [told] = solved.incidents;
    const { firstIntrusion } = solved.truth;
    expect(told?.firstIntrusion).toMatchObject({
      eventId: firstIntrusion?.eventId,
      credential: firstIntrusion?.credential,
      ip: firstIntrusion?.ip,
    });
  });

  it('is one incident', () => {
    const intruder = new Set(solved.truth.incidents.flatMap((incident) => incident.eventIds));
    const holding = solved.incidents.filter((incident) => incident.eventIds.some((id) => intruder.has(id)));
    expect(holding.map((incident) => incident.id)).toEqual([solved.incidents[0]?.id]);
  });

  it('leaves what only looks bad outside', () => {
    const inside = new Set(solved.incidents[0]?.findingIds);
    const herrings = solved.truth.benign.filter(({ id }) => solved.finding.has(id));
    expect(herrings.length).toBeGreaterThan(0);
    for (const { id } of herrings)
      expect(solved.finding.get(id)?.filter((findingId) => inside.has(findingId))).toEqual([]);
  });
});
