import type { ResponseOf } from '../../shared/contract/index';
import { AppError } from '../../shared/errors/app-error';
import type { GraphData } from '../../shared/model/graph';
import { entityNeighbours, incidentGraph } from '../investigation/graph';
import { investigateEntity } from '../investigation/investigate/index';
import { compareKept } from '../investigation/saved/compare';
import { listKept, readKept } from '../investigation/saved/store';
import { findingRows } from './finding-rows';
import type { QueryHandlers } from './handlers';
import { incidentRows, incidentsPanel } from './incident-rows';
import { recordsPage } from './records-page';

type IncidentCall =
  | 'incidents/list'
  | 'incidents/get'
  | 'incidents/graph'
  | 'incidents/timeline'
  | 'graph/neighbours'
  | 'investigation/run'
  | 'investigation/list'
  | 'investigation/get'
  | 'investigation/compare';

const OF_INCIDENT = 'id IN (SELECT finding_id FROM incident_members WHERE incident_id = $id)';
const EVENTS = 'SELECT source, file_id, record_no, event_time FROM incident_events WHERE incident_id = $id';

export const incidentQueries: QueryHandlers<IncidentCall> = {
  'incidents/list': ({ connection }) => incidentRows(connection, incidentsPanel()),
  'incidents/get': async ({ connection }, { id }) => {
    const [row] = await connection.rows<{ document: string }>(
      'SELECT CAST(document AS VARCHAR) AS document FROM incidents WHERE incident_id = $id',
      { id },
    );
    if (!row) throw new AppError('incident.unknown', { id });
    const incident = JSON.parse(row.document) as ResponseOf<'incidents/get'>['incident'];
    return { incident, findings: await findingRows(connection, OF_INCIDENT, { id }, 10_000) };
  },
  'incidents/graph': async ({ connection }, { id }) => graphAnswer(await incidentGraph(connection, id)),
  'incidents/timeline': ({ connection }, { id, page }) => recordsPage(connection, EVENTS, { id }, page),
  'graph/neighbours': async ({ connection }, { entity, scope, limit }) =>
    graphAnswer(await entityNeighbours(connection, entity, scope, limit)),
  'investigation/run': ({ connection }, { entity, scope }) =>
    investigateEntity(connection, { entity, scope }),
  'investigation/list': ({ caseFolder }) => listKept(caseFolder),
  'investigation/get': async ({ caseFolder }, { id }) => (await readKept(caseFolder, id)).investigation,
  'investigation/compare': async ({ caseFolder }, { before, after }) =>
    compareKept(await readKept(caseFolder, before), await readKept(caseFolder, after)),
};

function graphAnswer({ nodes, edges }: GraphData): ResponseOf<'incidents/graph'> {
  return { nodes: nodes.map((node) => ({ ...node })), edges: edges.map((edge) => ({ ...edge })) };
}
