import type { FindingRow } from '../../shared/contract/incidents';
import { AppError } from '../../shared/errors/app-error';
import type { Incident } from '../../shared/model/incident';
import { tacticRank } from '../../shared/model/tactic';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { catalogue, technique } from '../detections';
import { loadFindingRows } from '../detections/load';
import { incidentGraph } from '../investigation/graph';
import { loadIncidents } from '../investigation/load';
import { loadEvidence } from './evidence';
import { loadExhibits } from './exhibits';
import type { ReportEvent, ReportIncident, ReportModel, ReportTechnique } from './model';
import timelineSql from './timeline.sql?raw';

const ATTACK_VERSION = '19.2';
/** A PDF shows this many records of the timeline of an incident; the JSON and the case hold all. */
const TIMELINE_ROWS = 400;

interface ReportOptions {
  /** One incident, or null for all. */
  readonly incidentId: string | null;
  /** The time of writing, ISO. */
  readonly now: string;
}

/** Collects everything a report shows. Errors: `incident.unknown`. */
export async function buildReport(
  connection: Connection,
  caseFolder: CaseFolder,
  options: ReportOptions,
): Promise<ReportModel> {
  const all = await loadIncidents(connection);
  const chosen = options.incidentId === null ? all : all.filter((i) => i.id === options.incidentId);
  if (options.incidentId !== null && chosen.length === 0)
    throw new AppError('incident.unknown', { id: options.incidentId });
  const findings = await loadFindingRows(connection);
  const incidents: ReportIncident[] = [];
  for (const [i, incident] of chosen.entries())
    incidents.push(await reportIncident(connection, incident, i + 1, findings));
  const exhibits = [];
  for (const { incident, index } of incidents)
    exhibits.push(...(await loadExhibits(connection, caseFolder, incident, index)));
  const scope = await connection.row<{ first: string | null; last: string | null }>(
    'SELECT min(first_time) AS first, max(last_time) AS last FROM files',
  );
  const { id, name, createdAt } = caseFolder.info;
  return {
    title: chosen.length === 1 && chosen[0] ? chosen[0].title : `Investigation of ${name}`,
    tool: {
      name: 'Coldtrail',
      version: __COLDTRAIL_VERSION__,
      rules: catalogue().length,
      attack: ATTACK_VERSION,
    },
    case: { id, name, createdAt },
    writtenAt: options.now,
    scope,
    evidence: await loadEvidence(connection),
    incidents,
    techniques: techniques(incidents),
    exhibits,
  };
}

async function reportIncident(
  connection: Connection,
  incident: Incident,
  index: number,
  all: readonly FindingRow[],
): Promise<ReportIncident> {
  const ids = new Set(incident.findingIds);
  const timeline = await connection.rows<ReportEvent>(timelineSql, {
    incident: incident.id,
    limit: TIMELINE_ROWS,
  });
  const { total } = await connection.row<{ total: number }>(
    'SELECT count(*) AS total FROM (SELECT DISTINCT source, file_id, record_no FROM incident_events WHERE incident_id = $incident)',
    { incident: incident.id },
  );
  return {
    index,
    incident,
    findings: all.filter((f) => ids.has(f.id)),
    timeline,
    timelineTotal: total,
    graph: await incidentGraph(connection, incident.id),
  };
}

/** The techniques of the chosen incidents in kill-chain order, with how many findings show each. */
function techniques(incidents: readonly ReportIncident[]): ReportTechnique[] {
  const counts = new Map<string, { tactic: string; findings: number }>();
  for (const { findings } of incidents) {
    for (const finding of findings) {
      for (const id of finding.techniques) {
        const key = counts.get(id) ?? { tactic: finding.tactic, findings: 0 };
        counts.set(id, { ...key, findings: key.findings + 1 });
      }
    }
  }
  return [...counts]
    .map(([id, { tactic, findings }]) => {
      const known = technique(id);
      return { id, name: known?.name ?? id, tactic, text: known?.text ?? '', findings };
    })
    .sort((a, b) => tacticRank(a.tactic) - tacticRank(b.tactic) || a.id.localeCompare(b.id));
}
