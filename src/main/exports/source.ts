import type { EntityRole } from '../../shared/model/entity';
import type { GraphData } from '../../shared/model/graph';
import type { Incident } from '../../shared/model/incident';
import type { Severity } from '../../shared/model/severity';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { technique } from '../detections';
import { incidentGraph } from '../investigation/graph';
import { loadIncidents } from '../investigation/load';
import type { Outgoing } from '../redaction/outgoing';
import findingsSql from './findings.sql?raw';
import indicatorsSql from './indicators.sql?raw';

export interface ExportFinding {
  readonly id: string;
  readonly ruleId: string;
  readonly title: string;
  readonly description: string;
  readonly provider: string;
  readonly kind: string;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly severity: Severity;
  readonly severityReason: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly first: string;
  readonly last: string;
  readonly count: number;
  readonly incidentId: string;
  readonly entities: readonly { readonly type: string; readonly id: string; readonly role: EntityRole }[];
  readonly eventIds: readonly string[];
}

/** Something to look for elsewhere: an address, an access key, a tool, a principal of the incident. */
export interface ExportIndicator {
  readonly type: 'address' | 'accessKey' | 'userAgent' | 'principal';
  readonly value: string;
  readonly first: string;
  readonly last: string;
  /** Records of the incidents with it. */
  readonly records: number;
  readonly incidentIds: readonly string[];
  readonly techniques: readonly string[];
}

/** What every format is made from. All of it may leave: secrets are masked and names replaced where that was asked. */
export interface ExportSource {
  readonly case: { readonly id: string; readonly name: string };
  readonly tool: { readonly name: string; readonly version: string };
  /** The time of writing, ISO with microseconds. */
  readonly writtenAt: string;
  readonly incidents: readonly Incident[];
  readonly findings: readonly ExportFinding[];
  readonly indicators: readonly ExportIndicator[];
  readonly techniques: readonly { readonly id: string; readonly name: string; readonly tactic: string }[];
  readonly graph: GraphData;
}

interface SourceOptions {
  /** One incident, or null for all. */
  readonly incidentId: string | null;
  readonly now: string;
  readonly outgoing: Outgoing;
}

/** Errors: `incident.unknown`. */
export async function loadSource(
  connection: Connection,
  caseFolder: CaseFolder,
  { incidentId, now, outgoing }: SourceOptions,
): Promise<ExportSource> {
  const all = await loadIncidents(connection);
  const incidents = incidentId === null ? all : all.filter((i) => i.id === incidentId);
  if (incidentId !== null && incidents.length === 0)
    throw new AppError('incident.unknown', { id: incidentId });
  const chosen = { incidents: JSON.stringify(incidents.map((i) => i.id)) };
  const findings = await connection.rows<ExportFinding>(findingsSql, chosen);
  const graph = await wholeGraph(connection, incidents);
  const { id, name } = caseFolder.info;
  return {
    case: { id, name },
    tool: { name: 'Coldtrail', version: __COLDTRAIL_VERSION__ },
    writtenAt: now,
    incidents: outgoing(incidents),
    findings: outgoing(findings),
    indicators: outgoing(await connection.rows<ExportIndicator>(indicatorsSql, chosen)),
    techniques: techniquesOf(findings),
    graph: outgoing(graph),
  };
}

/** The graphs of the incidents as one; what several name stands once. */
async function wholeGraph(connection: Connection, incidents: readonly Incident[]): Promise<GraphData> {
  const nodes = new Map<string, GraphData['nodes'][number]>();
  const edges = new Map<string, GraphData['edges'][number]>();
  for (const { id } of incidents) {
    const graph = await incidentGraph(connection, id);
    for (const node of graph.nodes) nodes.set(node.key, node);
    for (const edge of graph.edges) edges.set(edge.key, edge);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function techniquesOf(findings: readonly ExportFinding[]): ExportSource['techniques'] {
  const out = new Map<string, { id: string; name: string; tactic: string }>();
  for (const { techniques, tactic } of findings) {
    for (const id of techniques)
      if (!out.has(id)) out.set(id, { id, name: technique(id)?.name ?? id, tactic });
  }
  return [...out.values()].sort((a, b) => a.id.localeCompare(b.id));
}
