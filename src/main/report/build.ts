import { createHash } from 'node:crypto';
import type { FindingRow } from '../../shared/contract/findings';
import type { ReportHead } from '../../shared/contract/report';
import { AppError } from '../../shared/errors/app-error';
import type { Incident } from '../../shared/model/incident';
import { severityRank, type Severity } from '../../shared/model/severity';
import { tacticRank } from '../../shared/model/tactic';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { bookOf, catalogue, ruleText, technique, type RuleBook } from '../detections';
import { loadFindingRows } from '../detections/load';
import { incidentGraph } from '../investigation/graph';
import { loadIncidents } from '../investigation/load';
import { outgoing as fitToLeave, type Outgoing } from '../redaction/outgoing';
import { loadEvidence } from './evidence';
import { keyOf, loadExhibits } from './exhibits';
import type {
  ReportEvent,
  ReportExhibit,
  ReportIncident,
  ReportModel,
  ReportMoment,
  ReportTechnique,
} from './model';
import momentsSql from './moments.sql?raw';
import { loadNotes } from './notes';
import { DEFAULT_HEAD } from './options';
import timelineSql from './timeline.sql?raw';
import toldRecordsSql from './told-records.sql?raw';

const ATTACK_VERSION = '19.2';
/** The JSON holds this many records of the timeline of an incident; the case holds all. */
const TIMELINE_ROWS = 400;
/** Runs of records that the PDF prints of an incident. */
const MOMENT_ROWS = 130;

interface ReportOptions {
  /** The incidents, or null for all. */
  readonly incidentIds: readonly string[] | null;
  /** The time of writing, ISO. */
  readonly now: string;
  readonly head?: Partial<ReportHead>;
  /** Makes every text fit to leave the case; without it secrets are masked and names stay. */
  readonly outgoing?: Outgoing;
}

/** Collects everything a report shows. Errors: `incident.unknown`. */
export async function buildReport(
  connection: Connection,
  caseFolder: CaseFolder,
  options: ReportOptions,
): Promise<ReportModel> {
  const all = await loadIncidents(connection);
  const wanted = options.incidentIds;
  const unknown = wanted?.find((id) => !all.some((i) => i.id === id));
  if (unknown !== undefined) throw new AppError('incident.unknown', { id: unknown });
  const chosen = wanted === null ? all : all.filter((i) => wanted.includes(i.id));
  const findings = await loadFindingRows(connection);
  const incidents: ReportIncident[] = [];
  const exhibits: ReportExhibit[] = [];
  for (const [i, incident] of chosen.entries()) {
    const own = await loadExhibits(connection, caseFolder, incident, i + 1);
    exhibits.push(...own);
    incidents.push(await reportIncident(connection, incident, i + 1, { findings, exhibits: own }));
  }
  const scope = await connection.row<{ first: string | null; last: string | null }>(
    "SELECT min(first_time) AS first, max(last_time) AS last FROM files WHERE source <> 'cloudtrail-public-key'",
  );
  const { id, name, createdAt } = caseFolder.info;
  const outgoing = options.outgoing ?? fitToLeave(null);
  const body = outgoing({
    title: chosen.length === 1 && chosen[0] ? chosen[0].title : `Investigation of ${name}`,
    evidence: await loadEvidence(connection),
    incidents,
    ...(await loadNotes(connection, wanted)),
    exhibits,
  });
  return {
    ...body,
    head: { ...DEFAULT_HEAD, ...options.head },
    tool: await toolOf(connection, await bookOf(caseFolder.path)),
    case: { id, name, createdAt },
    writtenAt: options.now,
    scope,
    techniques: techniques(incidents),
  };
}

async function toolOf(connection: Connection, book: RuleBook): Promise<ReportModel['tool']> {
  const rules = catalogue(book);
  const hash = createHash('sha256');
  for (const { id } of rules) hash.update(`${id}\n${ruleText(id, book)}\n`);
  const { engine } = await connection.row<{ engine: string }>('SELECT version() AS engine');
  return {
    name: 'Coldtrail',
    version: __COLDTRAIL_VERSION__,
    rules: rules.length,
    attack: ATTACK_VERSION,
    engine: `DuckDB ${engine}`,
    ruleSet: hash.digest('hex'),
  };
}

/** Puts told-records.sql in for `{{told:<name>}}`, about the records of that name. */
function withTold(sql: string): string {
  return sql.replace(/\{\{told:(\w+)\}\}/, (_, named: string) =>
    toldRecordsSql.replaceAll('{{named}}', named),
  );
}

async function reportIncident(
  connection: Connection,
  incident: Incident,
  index: number,
  known: { readonly findings: readonly FindingRow[]; readonly exhibits: readonly ReportExhibit[] },
): Promise<ReportIncident> {
  const ids = new Set(incident.findingIds);
  const timeline = await connection.rows<ReportEvent>(withTold(timelineSql), {
    incident: incident.id,
    limit: TIMELINE_ROWS,
  });
  const { total } = await connection.row<{ total: number }>(
    'SELECT count(*) AS total FROM (SELECT DISTINCT source, file_id, record_no FROM incident_events WHERE incident_id = $incident)',
    { incident: incident.id },
  );
  const moments = await connection.rows<ReportMoment & { readonly total: number }>(withTold(momentsSql), {
    incident: incident.id,
    limit: MOMENT_ROWS,
  });
  return {
    index,
    incident,
    findings: known.findings.filter((f) => ids.has(f.id)),
    timeline,
    timelineTotal: total,
    moments,
    momentsTotal: moments[0]?.total ?? 0,
    cited: await citedBy(connection, incident.id, known.exhibits),
    graph: await incidentGraph(connection, incident.id),
  };
}

/** Which exhibits are records of which finding. */
async function citedBy(
  connection: Connection,
  incident: string,
  exhibits: readonly ReportExhibit[],
): Promise<ReportIncident['cited']> {
  const labels = new Map(exhibits.map((e) => [keyOf(e), e.label]));
  const rows = await connection.rows<{ findingId: string; kind: string; fileId: number; recordNo: number }>(
    `SELECT finding_id AS "findingId", source AS kind, file_id AS "fileId", record_no AS "recordNo"
     FROM incident_members JOIN finding_events USING (finding_id) WHERE incident_id = $incident
     ORDER BY finding_id, event_time, file_id, record_no`,
    { incident },
  );
  const out = new Map<string, string[]>();
  for (const { findingId, ...place } of rows) {
    const label = labels.get(keyOf(place));
    if (label !== undefined) out.set(findingId, [...(out.get(findingId) ?? []), label]);
  }
  return [...out].map(([findingId, found]) => ({ findingId, labels: found }));
}

/** The techniques of the chosen incidents in kill-chain order, with how many findings and calls of intruders show each. */
function techniques(incidents: readonly ReportIncident[]): ReportTechnique[] {
  const counts = new Map<string, { tactic: string; findings: number; calls: number; severity: Severity }>();
  for (const { findings, incident } of incidents) {
    for (const { techniques: shown, tactic, severity } of findings) {
      for (const id of shown) {
        const known = counts.get(id) ?? { tactic, findings: 0, calls: 0, severity };
        const worst = severityRank(severity) > severityRank(known.severity) ? severity : known.severity;
        counts.set(id, { ...known, findings: known.findings + 1, severity: worst });
      }
    }
    for (const { technique: id, tactic, calls } of incident.procedures) {
      const known = counts.get(id) ?? { tactic, findings: 0, calls: 0, severity: 'informational' };
      counts.set(id, { ...known, calls: known.calls + calls });
    }
  }
  return [...counts]
    .map(([id, shown]) => {
      const known = technique(id);
      return { id, name: known?.name ?? id, text: known?.text ?? '', ...shown };
    })
    .sort((a, b) => tacticRank(a.tactic) - tacticRank(b.tactic) || a.id.localeCompare(b.id));
}
