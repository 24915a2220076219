import { CaseFolder } from '../../src/main/case/case-folder';
import { CaseDatabase } from '../../src/main/queries/case-database';
import { queryHandlers, type QueryCall } from '../../src/main/queries/index';
import type { RequestOf } from '../../src/shared/contract/index';

export interface PanelTime {
  readonly panel: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

const ROUNDS = 9;
const page = { offset: 0, limit: 100 };

/** What the panels of the window ask over a whole case, each so many times, as main answers it (without the window). */
export async function panelTimes(caseDir: string): Promise<PanelTime[]> {
  const database = await CaseDatabase.open(await CaseFolder.open(caseDir));
  const call = <N extends QueryCall>(name: N, request: RequestOf<N>) =>
    database.ask((context) => queryHandlers[name](context, request as never));
  try {
    const [incident] = await call('incidents/list', null);
    const { principals } = await call('summary/get', { scope: null });
    const [busiest] = principals;
    if (!incident || !busiest) throw new Error('the case has no incident or no principal to ask about');
    const { id } = incident;
    const entity = { type: busiest.type, id: busiest.id };
    const asked: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['Evidence', () => call('evidence/overview', null)],
      ['Evidence, coverage', () => call('evidence/coverage', { columns: 400 })],
      ['Summary', () => call('summary/get', { scope: null })],
      ['Incidents', () => call('incidents/list', null)],
      ['Incident', () => call('incidents/get', { id })],
      ['Incident, graph', () => call('incidents/graph', { id })],
      ['Findings', () => call('findings/list', { severity: null, filter: '', page, sort: null })],
      ['Timeline', () => call('timeline/lanes', { scope: null, by: 'principal', filter: '', buckets: 300 })],
      ['Map', () => call('map/places', { scope: null, entity: null, baselineDays: 14 })],
      ['Profile of the busiest', () => call('entity/profile', { entity, scope: null })],
      ['Volume of the busiest', () => call('entity/volume', { entity, scope: null, baselineDays: 14 })],
      [
        'Breakdown of the busiest by address',
        () =>
          call('breakdown/rows', {
            ...{ entity, scope: null, log: 'cloudtrail', path: [], conditions: [], join: 'and' },
            by: 'address',
          }),
      ],
      ['Records of the busiest', () => call('entity/records', { entity, scope: null, filter: '', page })],
      ['Search', () => call('search/run', { text: 'DeleteTrail', scope: null, limit: 100 })],
    ];
    const times: PanelTime[] = [];
    for (const [panel, ask] of asked) times.push({ panel, ...(await timed(ask)) });
    return times;
  } finally {
    database.close();
  }
}

async function timed(ask: () => Promise<unknown>): Promise<Omit<PanelTime, 'panel'>> {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await ask();
    taken.push(performance.now() - begun);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}
