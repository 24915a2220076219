import type { CaseDatabase } from '../../src/main/queries/case-database';
import type { QueryContext } from '../../src/main/queries/handlers';
import { queryHandlers, type QueryCall } from '../../src/main/queries/index';
import { lineageOf } from '../../src/main/lineage';
import type { RequestOf, ResponseOf } from '../../src/shared/contract/index';
import type { EntityRef } from '../../src/shared/model/entity';
import type { TimeRange } from '../../src/shared/model/time';

/** What a view asks of a case, and how long it may take in milliseconds. */
export interface Question {
  readonly view: string;
  readonly name: string;
  readonly goal: { readonly p50: number; readonly p95: number; readonly cold: number };
  readonly ask: (database: CaseDatabase) => Promise<unknown>;
}

const PANEL = { p50: 100, p95: 250, cold: 500 };
/** What a change of the scope sets off in the most expensive view. */
const RESCOPE = { p50: 2000, p95: 2000, cold: 2000 };
const LINEAGE = { p50: 100, p95: 100, cold: 500 };

const page = { offset: 0, limit: 200 };

export function call<N extends QueryCall>(
  database: CaseDatabase,
  name: N,
  request: RequestOf<N>,
): Promise<ResponseOf<N>> {
  return database.ask((context: QueryContext) => queryHandlers[name](context, request as never));
}

/** What the questions are about: the heaviest of each kind that the case holds. */
interface Subjects {
  readonly incident: string;
  readonly finding: string;
  readonly principal: EntityRef;
  readonly others: readonly EntityRef[];
  /** Of the last three days with calls. */
  readonly scope: TimeRange;
  readonly credential: string;
}

async function subjectsOf(database: CaseDatabase): Promise<Subjects> {
  const [incident] = await call(database, 'incidents/list', null);
  const { rows } = await call(database, 'findings/list', { severity: null, filter: '', page, sort: null });
  const { principals } = await call(database, 'summary/get', { scope: null });
  const [finding] = rows;
  const [principal] = principals;
  if (!incident || !finding || !principal) throw new Error('the case has no incident, finding or principal');
  return database.ask(async ({ connection }) => {
    const others = await connection.rows<EntityRef>(
      `SELECT entity_type AS type, max_by(entity_id, (events, entity_id)) AS id FROM entities
       WHERE entity_type IN ('address', 'accessKey', 'roleSession', 'bucket', 'instance', 'account', 'userAgent', 'user', 'function', 'resource')
       GROUP BY entity_type ORDER BY entity_type`,
    );
    const { to } = await connection.row<{ to: string }>('SELECT max(event_time) AS "to" FROM calls');
    const [deepest] = await connection.rows<{ child: string }>(
      `SELECT child FROM lineage_edges WHERE parent IN (SELECT child FROM lineage_edges) GROUP BY child ORDER BY count(*) DESC, child LIMIT 1`,
    );
    const from = new Date(Date.parse(to) - 3 * 86_400_000).toISOString();
    return {
      ...{ incident: incident.id, finding: finding.id, others, scope: { from, to } },
      principal: { type: principal.type, id: principal.id },
      credential: deepest?.child ?? principal.id,
    };
  });
}

/** Every question that the views put to a case by themselves, over all of it and over three days. */
export async function questionsOf(database: CaseDatabase): Promise<readonly Question[]> {
  const { incident, finding, principal, others, scope, credential } = await subjectsOf(database);
  const one = <N extends QueryCall>(view: string, name: string, of: N, request: RequestOf<N>): Question => ({
    ...{ view, name, goal: PANEL },
    ask: (database) => call(database, of, request),
  });
  const profile = (entity: EntityRef, scope: TimeRange | null, note: string): Question[] => [
    one('Profile', `${entity.type}${note}`, 'entity/profile', { entity, scope }),
    one('Profile', `${entity.type}, new behaviour${note}`, 'entity/new-behaviour', { entity, scope }),
    one('Profile', `${entity.type}, volume${note}`, 'entity/volume', { entity, scope, baselineDays: 14 }),
  ];
  const broken = { log: 'cloudtrail', path: [], conditions: [], join: 'and' } as const;
  const days = ', 3 days';
  return [
    one('Evidence', 'overview', 'evidence/overview', null),
    one('Evidence', 'coverage', 'evidence/coverage', { columns: 400 }),
    one('Evidence', 'files', 'evidence/files', { state: null, filter: '', page, sort: null }),
    one('Evidence', 'files filtered', 'evidence/files', { state: null, filter: 'us-east', page, sort: null }),
    one('Evidence', 'issues', 'evidence/issues', { page }),
    one('Evidence', 'gaps', 'evidence/gaps', { page }),
    one('Evidence', 'digests', 'evidence/digests', { state: null, filter: '', page }),
    one('Summary', 'all', 'summary/get', { scope: null }),
    { ...one('Summary', `scope changed to 3 days`, 'summary/get', { scope }), goal: RESCOPE },
    one('Incidents', 'list', 'incidents/list', null),
    one('Incident', 'answers', 'incidents/get', { id: incident }),
    one('Incident', 'graph', 'incidents/graph', { id: incident }),
    one('Incident', 'records', 'incidents/timeline', { id: incident, page }),
    one('Incident', 'neighbours', 'graph/neighbours', { entity: principal, scope: null, limit: 100 }),
    one('Findings', 'list', 'findings/list', { severity: null, filter: '', page, sort: null }),
    one('Findings', 'one', 'findings/get', { id: finding }),
    one('Findings', 'records of one', 'findings/records', { id: finding, page }),
    ...(['source', 'principal', 'service', 'address', 'account', 'region', 'tactic'] as const).map((by) =>
      one('Timeline', `by ${by}`, 'timeline/lanes', { scope: null, by, filter: '', buckets: 300 }),
    ),
    one('Timeline', `by principal${days}`, 'timeline/lanes', {
      ...{ scope, by: 'principal', filter: '', buckets: 300 },
    }),
    one('Timeline', 'records', 'timeline/records', {
      ...{ scope, by: 'principal', lane: principal.id, filter: '', page },
    }),
    one('Map', 'all', 'map/places', { scope: null, entity: null, baselineDays: 14 }),
    one('Map', `all${days}`, 'map/places', { scope, entity: null, baselineDays: 14 }),
    one('Map', 'busiest principal', 'map/places', { scope: null, entity: principal, baselineDays: 14 }),
    one('Map', 'a place', 'map/place', {
      ...{ scope: null, entity: null, baselineDays: 14, country: 'US', city: null },
    }),
    ...profile(principal, null, ', busiest'),
    ...profile(principal, scope, `, busiest${days}`),
    ...others.flatMap((entity) => profile(entity, null, '')),
    one('Profile', 'breakdown by address', 'breakdown/rows', {
      ...{ entity: principal, scope: null, ...broken, path: [], conditions: [], by: 'address' },
    }),
    one('Profile', 'records', 'entity/records', { entity: principal, scope: null, filter: '', page }),
    one('Compare', 'two principals', 'compare/run', {
      a: { entity: principal, scope: null },
      b: { entity: others.find(({ type }) => type === 'user') ?? principal, scope: null },
    }),
    one('Compare', '3 days with all', 'compare/run', {
      a: { entity: null, scope },
      b: { entity: null, scope: null },
    }),
    one('Investigations', 'list', 'investigation/list', null),
    one('Investigations', 'run on the busiest', 'investigation/run', { entity: principal, scope: null }),
    {
      ...{ view: 'Lineage', name: 'up and down a chain', goal: LINEAGE },
      ask: (database) => database.ask(({ connection }) => lineageOf(connection, credential)),
    },
    one('Indicators', 'list', 'indicators/list', null),
    one('Rules', 'list', 'rules/list', null),
    one('Notes', 'list', 'notes/list', null),
    one('SQL', 'schema', 'sql/schema', null),
    one('SQL', 'count by call', 'sql/run', {
      text: 'SELECT event_name, count(*) FROM calls GROUP BY 1 ORDER BY 2 DESC',
      limit: 1000,
    }),
    one('Search', 'entities and findings', 'search/run', { text: 'DeleteTrail', scope: null, limit: 500 }),
  ];
}
