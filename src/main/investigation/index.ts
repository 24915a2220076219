import type { IncidentEntity, Incident, IncidentLink } from '../../shared/model/incident';
import { SEVERITIES, severityRank, type Severity } from '../../shared/model/severity';
import { tacticRank } from '../../shared/model/tactic';
import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import { tellHow, tellWhatNow, tellWhere, type NamedCall, type Told } from './answers';
import { ExhibitBook } from './exhibits';
import { keyOwner } from './key-owner';
import type { Names } from './remediation';
import { chooseEntry, type Entry, type Strand } from './strand-score';
import strandsSql from './strands.sql?raw';

const P_BY_SEVERITY = [0.02, 0.05, 0.15, 0.4, 0.7];

/** Fills incidents and incident_events: the group's findings, its hostile strands, the entry and the three answers. */
export async function buildIncidents({ connection, progress }: AnalysisContext): Promise<void> {
  for (const statement of strandsSql.split(/;\s*\n/).filter((s) => s.replace(/--.*$/gm, '').trim() !== ''))
    await connection.run(statement);
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
  const entry = chooseEntry(strands);
  const severity = judge(findings, strands);
  if (severityRank(severity) < severityRank('medium') || !carries(findings)) {
    await connection.run('DELETE FROM incident_members WHERE incident_id = $id', { id });
    return;
  }
  await collectEvents(connection, id, entry, strands);
  const book = new ExhibitBook(connection);
  const first = entry ? await firstOf(connection, entry.chosen.strand) : null;
  const second = entry?.runnerUp ? await firstOf(connection, entry.runnerUp.strand) : null;
  const network = findings.filter((f) => f.places.some((p) => p.source !== 'cloudtrail'));
  const entities = await loadEntities(connection, id);
  const events = await connection.row<{ first: string; last: string; n: number; ids: string[] }>(
    `SELECT min(event_time) AS first, max(event_time) AS last, count(DISTINCT (source, file_id, record_no)) AS n,
       coalesce(list(DISTINCT event_id ORDER BY event_id) FILTER (source = 'cloudtrail'), []) AS ids FROM incident_events WHERE incident_id = $id`,
    { id },
  );
  const tactics = [...new Set(findings.map((f) => f.tactic).filter((t) => t !== ''))].sort(
    (a, b) => tacticRank(a) - tacticRank(b),
  );
  const title = titleOf(findings, entry, tactics);
  const incident: Incident = {
    id,
    title,
    severity,
    score: scoreOf(findings, tactics.length),
    first: events.first,
    last: events.last,
    tactics,
    techniques: [...new Set(findings.flatMap((f) => f.techniques))].sort(),
    accounts: entities.filter((e) => e.type === 'account').map((e) => e.id),
    entities,
    findingIds: findings.map((f) => f.id),
    eventIds: events.ids,
    firstIntrusion:
      entry && first
        ? {
            eventId: first.eventId,
            time: first.time,
            principal: first.principal,
            credential: first.credential,
            ip: first.ip,
            confidence: entry.confidence,
            runnerUp:
              entry.runnerUp && second
                ? {
                    principal: second.principal,
                    credential: second.credential,
                    ip: second.ip,
                    eventId: second.eventId,
                    time: second.time,
                    why: 'it scores lower or starts later',
                  }
                : null,
            reasons: reasonsOf(entry),
          }
        : null,
    answers: {
      how: await tellHow(findings, book),
      where: await tellWhere({ entry, first, runnerUp: second, network }, book),
      prevent: await tellWhatNow(
        findings,
        namesOf(
          entities,
          await keyOwner(
            connection,
            entities.filter((e) => e.type === 'accessKey').map((e) => e.id),
          ),
          events,
        ),
        book,
      ),
    },
    links: await loadLinks(connection, id),
    stability: 1,
  };
  await connection.run(
    'INSERT INTO incidents VALUES ($id, $title, $severity, $score, CAST($first AS TIMESTAMP), CAST($last AS TIMESTAMP), $findings, $events, CAST($document AS JSON))',
    {
      id,
      title,
      severity,
      score: incident.score,
      first: events.first,
      last: events.last,
      findings: findings.length,
      events: events.n,
      document: JSON.stringify(incident),
    },
  );
}

/** Whether a group is more than a lone sign: a provider or a detector is sure, or medium findings of two tactics agree. */
function carries(findings: readonly Told[]): boolean {
  const strong = findings.filter((f) => severityRank(f.severity as Severity) >= severityRank('medium'));
  const sure = strong.some(
    (f) =>
      severityRank(f.severity as Severity) >= severityRank('high') &&
      (f.provider !== 'coldtrail' || f.kind === 'statistical'),
  );
  return sure || (strong.length >= 2 && new Set(strong.map((f) => f.tactic)).size >= 2);
}

/** The worst finding, capped at medium while everything is a habit of its principal or only one or two tactics show and no provider agrees. */
function judge(findings: readonly Told[], strands: readonly Strand[]): Severity {
  const worst = Math.max(...findings.map((f) => SEVERITIES.indexOf(f.severity as Severity)));
  const tactics = new Set(findings.map((f) => f.tactic).filter((t) => t !== '')).size;
  const providerHigh = findings.some(
    (f) => f.provider !== 'coldtrail' && severityRank(f.severity as Severity) >= severityRank('high'),
  );
  const habitual = strands.length > 0 && strands.every((s) => s.benign_days >= 3);
  const thin =
    tactics < 3 ||
    findings.filter((f) => severityRank(f.severity as Severity) >= severityRank('medium')).length < 3;
  const capped = (habitual || thin) && !providerHigh ? Math.min(worst, severityRank('medium')) : worst;
  const raised = !habitual && !thin && tactics >= 4 ? capped + 1 : capped;
  return SEVERITIES[Math.min(raised, SEVERITIES.length - 1)] ?? 'medium';
}

function scoreOf(findings: readonly Told[], tactics: number): number {
  const rest = findings.reduce(
    (product, f) => product * (1 - (P_BY_SEVERITY[severityRank(f.severity as Severity)] ?? 0)),
    1,
  );
  return Math.round(Math.min(100, 100 * (1 - rest) * (1 + 0.05 * Math.max(0, tactics - 1))) * 10) / 10;
}

function titleOf(findings: readonly Told[], entry: Entry | null, tactics: readonly string[]): string {
  const last = tactics.at(-1)?.replaceAll('-', ' ');
  const who = entry ? (entry.chosen.principal.split(':').pop() ?? entry.chosen.principal) : null;
  if (entry && who)
    return entry.chosen.later_network && entry.chosen.benign_days === 0
      ? `Credentials of ${who} used from ${entry.chosen.source_ip}, up to ${last ?? 'discovery'}`
      : `Activity of ${who} from ${entry.chosen.source_ip}, up to ${last ?? 'discovery'}`;
  return findings[0]?.title ?? 'Findings that belong together';
}

function reasonsOf({ chosen: s }: Entry): string[] {
  return [
    `findings of ${s.tactics} tactics rest on its calls`,
    `${s.failures} of ${s.events} calls failed`,
    s.benign_days === 0 ? 'not seen on any earlier day' : `seen on ${s.benign_days} earlier days`,
    ...(s.later_network ? ['the same credential was used from another network before'] : []),
    `its first call is ${s.first_name}`,
  ];
}

/** The first call of a strand; with the same root and network also under another tool right before. */
async function firstOf(connection: Connection, strand: string): Promise<NamedCall | null> {
  const [call] = await connection.rows<NamedCall>(
    `SELECT 'cloudtrail' AS source, file_id AS "fileId", record_no AS "recordNo", event_id AS "eventId", event_time AS time, principal, session_key AS credential, source_ip AS ip, event_name AS name
     FROM strand_calls WHERE strand = $strand ORDER BY event_time, file_id, record_no LIMIT 1`,
    { strand },
  );
  return call ?? null;
}

/** The records of the findings, and every other call of the strands that are hostile, within the incident's time. */
async function collectEvents(
  connection: Connection,
  id: string,
  entry: Entry | null,
  strands: readonly Strand[],
): Promise<void> {
  await connection.run(
    `INSERT INTO incident_events SELECT m.incident_id, e.source, e.file_id, e.record_no, e.event_id, e.event_time, e.finding_id, NULL
     FROM incident_members m JOIN finding_events e USING (finding_id) WHERE m.incident_id = $id`,
    { id },
  );
  if (!entry) return;
  for (const s of strands.filter(
    (x) => x.benign_days === 0 && (x.worst >= 3 || x.source_net === entry.chosen.source_net),
  )) {
    await connection.run(
      `INSERT INTO incident_events SELECT $id, 'cloudtrail', file_id, record_no, event_id, event_time, NULL, strand FROM strand_calls s
       WHERE strand = $strand AND NOT EXISTS (SELECT 1 FROM incident_events i WHERE i.incident_id = $id AND i.file_id = s.file_id AND i.record_no = s.record_no)`,
      { id, strand: s.strand },
    );
  }
}

type LoadedTold = Told & { readonly techniques: readonly string[] };

async function loadTold(connection: Connection, id: string): Promise<LoadedTold[]> {
  return connection.rows<LoadedTold>(
    `SELECT f.finding_id AS id, title, coalesce(description, '') AS description, tactic, techniques, severity, provider, kind, first_time AS first, last_time AS last, event_count AS count, remediation,
       (SELECT list({'source': source, 'fileId': file_id, 'recordNo': record_no, 'eventId': event_id} ORDER BY event_time, file_id, record_no)[1:4] FROM finding_events e WHERE e.finding_id = f.finding_id) AS places
     FROM incident_members m JOIN findings f USING (finding_id) WHERE m.incident_id = $id ORDER BY first_time, f.finding_id`,
    { id },
  );
}

async function loadEntities(connection: Connection, id: string): Promise<IncidentEntity[]> {
  return connection.rows<IncidentEntity>(
    `SELECT n.entity_type AS type, n.entity_id AS id, min_by(n.role, list_position(['actor', 'credential', 'address', 'target', 'tool', 'account'], n.role)) AS role, count(DISTINCT (e.file_id, e.record_no)) AS events
     FROM incident_members m JOIN finding_entities n USING (finding_id) JOIN finding_events e USING (finding_id)
     WHERE m.incident_id = $id GROUP BY 1, 2 ORDER BY events DESC, type, id LIMIT 1000`,
    { id },
  );
}

async function loadLinks(connection: Connection, id: string): Promise<IncidentLink[]> {
  const rows = await connection.rows<{ a: string; b: string; weight: number; reasons: string }>(
    `SELECT g.a, g.b, g.weight, CAST(g.reasons AS VARCHAR) AS reasons FROM group_edges g JOIN incident_members m ON m.finding_id = g.a WHERE m.incident_id = $id ORDER BY weight DESC, a, b`,
    { id },
  );
  const joined = new Map<string, string>();
  const root = (x: string): string => {
    const up = joined.get(x);
    return up === undefined || up === x ? x : root(up);
  };
  return rows.flatMap((row) => {
    const [a, b] = [root(row.a), root(row.b)];
    if (a === b) return [];
    joined.set(a, b);
    return [
      {
        a: row.a,
        b: row.b,
        weight: Math.round(row.weight * 1000) / 1000,
        reasons: (JSON.parse(row.reasons) as (IncidentLink['reasons'][number] & { type: string })[]).map(
          (r) => ({ ...r, type: KIND[r.type] ?? 'lineage', weight: Math.round(r.weight * 1000) / 1000 }),
        ),
      },
    ];
  });
}

const KIND: Readonly<Record<string, IncidentLink['reasons'][number]['type']>> = {
  f: 'lineage',
  k: 'accessKey',
  p: 'role',
  ip: 'address',
  r: 'resource',
};

function namesOf(
  entities: readonly IncidentEntity[],
  accessKey: Names['accessKey'],
  span: { first: string; last: string },
): Names {
  const of = (type: string, test: (id: string) => boolean = () => true) =>
    entities.find((e) => e.type === type && test(e.id))?.id ?? null;
  const actor = (type: string) => entities.find((e) => e.type === type && e.role === 'actor')?.id ?? null;
  const tail = (arn: string | null) => arn?.split('/').pop() ?? null;
  return {
    user: tail(actor('user')),
    role: tail(actor('role')),
    accessKey,
    instance: of('instance'),
    bucket: of('bucket'),
    address: of('address'),
    from: span.first.replace(/\.\d+Z$/, 'Z'),
    to: span.last.replace(/\.\d+Z$/, 'Z'),
  };
}
