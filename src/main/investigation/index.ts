import type { Incident } from '../../shared/model/incident';
import { tacticRank } from '../../shared/model/tactic';
import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import { runScript } from '../db/script';
import { STOLEN_ACCOUNT, tellWhere } from './answers';
import { tellProcedures } from './call-techniques';
import { collectEvents } from './collect-events';
import { tellCould } from './could';
import { ExhibitBook } from './exhibits';
import { clusterIntrusion, firstInCluster, tellWhereInCluster } from './first-in-cluster';
import { tellFirst } from './first-intrusion';
import { loadEntities, loadLinks, loadStability, loadTold } from './incident-rows';
import { tellHow } from './narrative';
import { tellWhatNow } from './remediation/steps';
import { chooseEntry, type Strand } from './strand-score';
import strandsSql from './strands.sql?raw';
import { titleOf } from './title';
import { tellUnknown } from './unknown';
import { judge } from './verdict';

/** The worst finding of a strand that makes its odd hours count: high, as strands.sql weighs it. */
const GRAVE = 7;

/** Fills incidents and incident_events: the group's findings, its hostile strands, the entry and the three answers. */
export async function buildIncidents({
  connection,
  progress,
}: Pick<AnalysisContext, 'connection' | 'progress'>): Promise<void> {
  await runScript(connection, strandsSql);
  const ids = await connection.rows<{ id: string }>(
    'SELECT DISTINCT incident_id AS id FROM incident_members ORDER BY id',
  );
  for (const [i, { id }] of ids.entries()) {
    progress('Incidents and answers', i / ids.length);
    await buildIncident(connection, id);
  }
}

async function buildIncident(connection: Connection, id: string): Promise<void> {
  const findings = await loadTold(connection, id);
  const strands = await connection.rows<Strand>(
    'SELECT * FROM incident_strands WHERE incident_id = $id ORDER BY first_time, strand',
    { id },
  );
  const atOddHours = strands.some((s) => s.unusual_hours && s.worst >= GRAVE);
  const { severity, score } = judge(findings, atOddHours);
  if (severity === null) {
    await connection.run('DELETE FROM incident_members WHERE incident_id = $id', { id });
    return;
  }
  const entry = chooseEntry(strands);
  await collectEvents(connection, id, entry, strands);
  const book = new ExhibitBook(connection);
  const { first, second, firstIntrusion } = await tellFirst(connection, entry);
  const request = first ? null : await firstInCluster(connection, id);
  const network = findings.filter((f) => f.places.some((p) => p.source !== 'cloudtrail'));
  const entities = await loadEntities(connection, id);
  const events = await spanOf(connection, id);
  const tactics = [...new Set(findings.map((f) => f.tactic).filter((t) => t !== ''))].sort(
    (a, b) => tacticRank(a) - tacticRank(b),
  );
  const taken = entry?.chosen.later_network === true ? [STOLEN_ACCOUNT] : [];
  const answers = {
    how: await tellHow(connection, id, findings, book),
    where: request
      ? await tellWhereInCluster(request, book)
      : await tellWhere(
          { entry, first, runnerUp: second, whyNot: firstIntrusion?.runnerUp?.why ?? '', network },
          book,
        ),
    prevent: await tellWhatNow(connection, findings, { ...events, caseId: id }, book),
    could: await tellCould(connection, id, book),
    unknown: await tellUnknown(connection, id, book),
  };
  const procedures = await tellProcedures(connection, id, book);
  const called = procedures.map((p) => p.technique);
  await store(connection, events.n, {
    id,
    title: titleOf(findings, entry, tactics),
    severity,
    score,
    first: events.first,
    last: events.last,
    tactics,
    techniques: [...new Set([...findings.flatMap((f) => f.techniques), ...called, ...taken])].sort(),
    accounts: entities.filter((e) => e.type === 'account').map((e) => e.id),
    entities,
    findingIds: findings.map((f) => f.id),
    eventIds: events.ids,
    firstIntrusion: request ? clusterIntrusion(request) : firstIntrusion,
    answers,
    procedures,
    links: await loadLinks(connection, id),
    stability: await loadStability(connection, id),
  });
}

interface Span {
  readonly first: string;
  readonly last: string;
  /** Records, of every source. */
  readonly n: number;
  /** CloudTrail event ids, in time order. */
  readonly ids: readonly string[];
}

async function spanOf(connection: Connection, id: string): Promise<Span> {
  return connection.row<Span>(
    `WITH records AS (
       SELECT source, file_id, record_no, any_value(event_id) AS event_id, any_value(event_time) AS event_time
       FROM incident_events WHERE incident_id = $id GROUP BY ALL)
     SELECT min(event_time) AS first, max(event_time) AS last, count(*) AS n,
       coalesce(list(event_id ORDER BY event_time, event_id) FILTER (source = 'cloudtrail'), []) AS ids
     FROM records`,
    { id },
  );
}

async function store(connection: Connection, events: number, incident: Incident): Promise<void> {
  const { id, title, severity, score, first, last, findingIds } = incident;
  await connection.run(
    `INSERT INTO incidents VALUES ($id, $title, $severity, $score, CAST($first AS TIMESTAMP), CAST($last AS TIMESTAMP),
       $findings, $events, CAST($document AS JSON))`,
    {
      id,
      title,
      severity,
      score,
      first,
      last,
      findings: findingIds.length,
      events,
      document: JSON.stringify(incident),
    },
  );
}
