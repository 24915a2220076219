import type { NewBehaviourRow } from '../../shared/contract/investigation';
import type { RequestOf, ResponseOf } from '../../shared/contract/index';
import { AppError } from '../../shared/errors/app-error';
import type { EntityRef } from '../../shared/model/entity';
import { newBehaviourParams, newBehaviourSql } from '../baselines/new-behaviour';
import { newTrafficParams, newTrafficSql } from '../baselines/new-traffic';
import type { Connection } from '../db/database';
import { entityFacts } from './entity-facts';
import { entityKeys, entityRecords, type EntityRecords } from './entity-records';
import { countedFlows, flowEdges } from './entity-traffic';
import { entityPanels } from './entity-panels';
import { findingRows } from './finding-rows';
import type { QueryHandlers } from './handlers';
import { incidentRows, incidentsPanel } from './incident-rows';
import { Panel } from './panel';
import { recordsPage } from './records-page';
import { scopeParams, touchesScope } from './scope';
import { wholeRange } from './whole-range';
import scopedSql from './sql/scoped-days.sql?raw';
import newBehaviourRowsSql from './sql/new-behaviour-rows.sql?raw';

type Profile = ResponseOf<'entity/profile'>;

const PRINCIPALS = new Set(['role', 'user', 'federatedUser', 'account']);
const BASELINE_DAYS = 14;
const FINDINGS = `id IN (SELECT finding_id FROM finding_entities WHERE entity_type = $type AND entity_id = $id) AND ${touchesScope('first', 'last')}`;
const INCIDENTS = `id IN (SELECT m.incident_id FROM incident_members m JOIN finding_entities n USING (finding_id) WHERE n.entity_type = $type AND n.entity_id = $id)`;

export const entityQueries: QueryHandlers<'entity/profile' | 'entity/new-behaviour' | 'entity/records'> = {
  'entity/profile': ({ connection }, request) => profile(connection, request),
  'entity/new-behaviour': async ({ connection }, { entity, scope }) => {
    const panel = newBehaviourPanel(entity, scope ?? (await wholeRange(connection)));
    return { rows: await panel.rows<NewBehaviourRow>(connection), sql: panel.shown };
  },
  'entity/records': async ({ connection }, { entity, scope, filter, source, page }) => {
    const records = await entityRecords(connection, entity);
    const all = entityKeys(records, RECORD_FILTER);
    const keys = source === undefined ? all : `SELECT * FROM (${all}) WHERE source = $source`;
    const params = { id: entity.id, filter, source: source ?? null, ...scopeParams(scope) };
    return recordsPage(connection, keys, params, page);
  },
};

const RECORD_FILTER = {
  calls: `($filter = '' OR contains(lower(concat_ws(' ', event_name, event_source, error_code, principal, source_ip, aws_region, user_agent, access_key_id)), lower($filter)))`,
  flows: `($filter = '' OR contains(lower(concat_ws(' ', f.action, f.srcaddr, f.dstaddr, f.dstport, f.interface_id)), lower($filter)))`,
  logged: `($filter = '' OR contains(lower(CAST(t AS VARCHAR)), lower($filter)))`,
};

async function profile(
  connection: Connection,
  { entity, scope }: RequestOf<'entity/profile'>,
): Promise<Profile> {
  const records = await entityRecords(connection, entity);
  const params = { ...entity, ...scopeParams(scope) };
  const head = await headOf(connection, entity, records, params);
  const range = scope ?? (await wholeRange(connection));
  const panels = entityPanels(records, params);
  return {
    entity: head,
    scope: range,
    apis: await panels.apis.rows(connection),
    addresses: await panels.addresses.rows(connection),
    credentials: await panels.credentials.rows(connection),
    userAgents: await panels.userAgents.rows(connection),
    peers: await panels.peers.rows(connection),
    facts: await entityFacts(connection, entity),
    findings: await findingRows(connection, FINDINGS, params),
    incidents: await incidentRows(connection, incidentsPanel(INCIDENTS, params)),
    sql: Object.fromEntries(Object.entries(panels).map(([name, panel]) => [name, panel.shown])),
  };
}

/** Who it is; its counts are those of its records in scope. Errors: `entity.unknown`. */
async function headOf(
  connection: Connection,
  entity: EntityRef,
  records: EntityRecords,
  params: Panel['params'],
): Promise<Profile['entity']> {
  const [known] = await connection.rows<{
    label: string;
    accountId: string | null;
    first: string;
    last: string;
  }>(
    `SELECT label, account_id AS "accountId", first_seen AS first, last_seen AS last FROM entities WHERE entity_type = $type AND entity_id = $id`,
    { ...entity },
  );
  const keys = entityKeys(records, { calls: 'true', flows: 'true', logged: 'true' });
  const edges = await flowEdges(connection, records, params);
  const counted = await new Panel(countedSql(records, params['from'] !== null), { ...params, ...edges }).row<{
    events: number;
    failures: number;
    first: string | null;
    last: string | null;
  }>(connection);
  const [told] = await connection.rows<{ first: string; last: string }>(
    `SELECT min(f.first_time) AS first, max(f.last_time) AS last FROM findings f JOIN finding_entities n USING (finding_id)
     WHERE n.entity_type = $type AND n.entity_id = $id HAVING count(*) > 0`,
    { ...entity },
  );
  const span = known ?? told ?? (counted.events === 0 ? await spanOf(connection, entity, keys) : undefined);
  if (!span && counted.events === 0) throw new AppError('entity.unknown', { id: entity.id });
  return {
    ...entity,
    label: known?.label ?? entity.id.split(/[/:]/).pop() ?? entity.id,
    accountId: known?.accountId ?? null,
    first: counted.first ?? span?.first ?? '',
    last: counted.last ?? span?.last ?? '',
    events: counted.events,
    failures: counted.failures,
  };
}

/** Its records counted: calls by the day and traffic by the hour where that has them all, all others one by one. */
function countedSql(records: EntityRecords, isScoped: boolean): string {
  const calls = records.hourly === null ? [] : [countedCalls(records.hourly)];
  const hasFlows = records.flows !== null && records.counted;
  const others = entityKeys(records, {
    calls: String(records.hourly === null),
    flows: String(!hasFlows),
    logged: 'true',
  });
  const one = `SELECT count(*) AS events, count(*) FILTER (failed) AS failures, min(event_time) AS first, max(event_time) AS last FROM (${others})`;
  const parts = [one, ...calls, ...(hasFlows ? [countedFlows(records, isScoped)] : [])];
  return `SELECT CAST(sum(events) AS BIGINT) AS events, CAST(sum(failures) AS BIGINT) AS failures, min(first) AS first, max(last) AS last
FROM (\n  ${parts.join('\n  UNION ALL\n  ')}\n)`;
}

function countedCalls(own: string): string {
  return `SELECT coalesce(sum(succeeded + failed), 0), coalesce(sum(failed), 0), min(first_time), max(last_time)
  FROM (\n${scopedSql}) WHERE (${own})`;
}

/** First and last record of an entity that `entities` does not list, such as the access key of a console session. */
async function spanOf(
  connection: Connection,
  entity: EntityRef,
  keys: string,
): Promise<{ label: string; accountId: null; first: string; last: string } | undefined> {
  const panel = new Panel(
    `SELECT min(event_time) AS first, max(event_time) AS last FROM (${keys}) HAVING count(*) > 0`,
    { ...entity, ...scopeParams(null) },
  );
  const [span] = await panel.rows<{ first: string; last: string }>(connection);
  return span && { label: entity.id, accountId: null, ...span };
}

/** What is new about a principal or an address in its time; for other entities, who was new to use them. */
function newBehaviourPanel(entity: EntityRef, scope: { readonly from: string; readonly to: string }): Panel {
  const shared = { scope, baselineDays: BASELINE_DAYS, limit: 200 };
  if (PRINCIPALS.has(entity.type)) {
    return new Panel(newBehaviourSql, newBehaviourParams({ ...shared, principal: entity.id }));
  }
  if (entity.type === 'address') {
    return new Panel(newBehaviourSql, newBehaviourParams({ ...shared, address: entity.id }));
  }
  if (entity.type === 'instance') {
    return new Panel(newTrafficSql, newTrafficParams({ ...shared, host: entity.id }));
  }
  return new Panel(`${newBehaviourRowsSql}WHERE value = $id ORDER BY bits DESC NULLS LAST, first LIMIT 200`, {
    id: entity.id,
  });
}
