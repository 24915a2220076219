import * as v from 'valibot';
import { defineContract } from './define';
import { FindingRow } from './findings';
import {
  Action,
  Cited,
  Count,
  Entity,
  EntityType,
  Exhibit,
  Nothing,
  Page,
  Range,
  Severity,
  Table,
  Text,
} from './words';

/** What a list and a document say of an incident first. */
const incidentHead = {
  id: v.string(),
  title: v.string(),
  severity: Severity,
  score: v.number(),
  first: v.string(),
  last: v.string(),
  tactics: v.array(v.string()),
};

export const IncidentRow = v.object({
  ...incidentHead,
  accounts: v.array(v.string()),
  findings: Count,
  events: Count,
  /** Entities by kind, e.g. { role: 2, address: 1 }. */
  entityCounts: v.record(v.string(), v.number()),
  findingsBySeverity: v.record(v.string(), v.number()),
});
export type IncidentRow = v.InferOutput<typeof IncidentRow>;

const FirstIntrusion = v.object({
  eventId: Text,
  time: v.string(),
  principal: v.string(),
  credential: v.string(),
  ip: Text,
  confidence: v.number(),
  runnerUp: v.nullable(
    v.object({
      principal: v.string(),
      credential: v.string(),
      ip: Text,
      eventId: Text,
      time: v.string(),
      why: v.string(),
    }),
  ),
  reasons: v.array(v.string()),
});

export const IncidentDocument = v.object({
  ...incidentHead,
  techniques: v.array(v.string()),
  accounts: v.array(v.string()),
  entities: v.array(v.object({ type: EntityType, id: v.string(), role: v.string(), events: Count })),
  findingIds: v.array(v.string()),
  eventIds: v.array(v.string()),
  firstIntrusion: v.nullable(FirstIntrusion),
  procedures: v.array(
    v.object({
      technique: v.string(),
      name: v.string(),
      tactic: v.string(),
      calls: Count,
      failed: Count,
      apis: v.array(v.string()),
      exhibits: v.array(Exhibit),
    }),
  ),
  answers: v.object({
    how: v.array(Cited),
    where: v.array(Cited),
    prevent: v.array(Action),
    could: v.array(Cited),
    /** Incidents of earlier analyses do not tell. */
    unknown: v.optional(v.array(Cited), []),
  }),
  links: v.array(
    v.object({
      a: v.string(),
      b: v.string(),
      weight: v.number(),
      reasons: v.array(
        v.object({ type: v.string(), id: v.string(), weight: v.number(), gapSeconds: v.number() }),
      ),
    }),
  ),
  stability: v.number(),
});
export type IncidentDocument = v.InferOutput<typeof IncidentDocument>;

const GraphData = v.object({
  nodes: v.array(
    v.object({
      key: v.string(),
      kind: v.picklist(['entity', 'finding']),
      type: v.string(),
      label: v.string(),
      severity: v.nullable(Severity),
      events: Count,
    }),
  ),
  edges: v.array(
    v.object({ key: v.string(), source: v.string(), target: v.string(), kind: v.string(), events: Count }),
  ),
});

export const incidentsContract = defineContract({
  'incidents/list': { request: Nothing, response: v.array(IncidentRow) },
  'incidents/get': {
    request: v.object({ id: v.string() }),
    response: v.object({ incident: IncidentDocument, findings: v.array(FindingRow) }),
  },
  'incidents/graph': { request: v.object({ id: v.string() }), response: GraphData },
  /** The incident's records in time order: event_time, source, file_id, record_no, event_id, principal, source_ip, event_source, event_name, error_code, aws_region, account_id, finding_titles. */
  'incidents/timeline': { request: v.object({ id: v.string(), page: Page }), response: Table },
  /** Entities and findings that share records with the entity, most events first. */
  'graph/neighbours': {
    request: v.object({
      entity: Entity,
      scope: v.nullable(Range),
      limit: v.pipe(v.number(), v.maxValue(200)),
    }),
    response: GraphData,
  },
});
