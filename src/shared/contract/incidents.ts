import * as v from 'valibot';
import { defineContract } from './define';
import { Investigation, InvestigationComparison, KeptInvestigation, NewBehaviourRow } from './investigation';
import {
  Action,
  BaselineDays,
  Cited,
  Count,
  Entity,
  EntityType,
  Exhibit,
  Nothing,
  Page,
  Range,
  Series,
  Severity,
  Sort,
  Table,
  Text,
} from './words';

export const FindingRow = v.object({
  id: v.string(),
  ruleId: v.string(),
  title: v.string(),
  description: v.string(),
  provider: v.string(),
  kind: v.string(),
  tactic: v.string(),
  techniques: v.array(v.string()),
  severity: Severity,
  severityReason: v.string(),
  principal: Text,
  sourceIp: Text,
  first: v.string(),
  last: v.string(),
  count: Count,
  incidentId: Text,
});
export type FindingRow = v.InferOutput<typeof FindingRow>;

export const IncidentRow = v.object({
  id: v.string(),
  title: v.string(),
  severity: Severity,
  score: v.number(),
  first: v.string(),
  last: v.string(),
  tactics: v.array(v.string()),
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
  id: v.string(),
  title: v.string(),
  severity: Severity,
  score: v.number(),
  first: v.string(),
  last: v.string(),
  tactics: v.array(v.string()),
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
  'findings/list': {
    request: v.object({
      severity: v.nullable(Severity),
      filter: v.string(),
      page: Page,
      sort: v.nullable(Sort),
    }),
    response: v.object({ rows: v.array(FindingRow), total: Count }),
  },
  'findings/get': {
    request: v.object({ id: v.string() }),
    response: v.object({
      finding: FindingRow,
      falsePositives: v.string(),
      sources: v.array(
        v.object({
          ruleId: v.string(),
          title: v.string(),
          provider: v.string(),
          author: v.string(),
          licence: v.string(),
          link: v.string(),
          severity: v.string(),
        }),
      ),
      entities: v.array(v.object({ type: EntityType, id: v.string(), role: v.string() })),
      sql: v.string(),
      /** The rule's own text (YAML) when it is a Sigma rule. */
      rule: v.string(),
      techniques: v.array(v.object({ id: v.string(), name: v.string(), text: v.string() })),
    }),
  },
  /** Records behind a finding; columns as incidents/timeline. */
  'findings/records': { request: v.object({ id: v.string(), page: Page }), response: Table },
  'investigation/run': {
    request: v.object({ entity: Entity, scope: v.nullable(Range) }),
    response: Investigation,
  },
  /** What the case keeps, newest first. */
  'investigation/list': { request: Nothing, response: v.array(KeptInvestigation) },
  'investigation/get': { request: v.object({ id: v.string() }), response: Investigation },
  'investigation/compare': {
    request: v.object({ before: v.string(), after: v.string() }),
    response: InvestigationComparison,
  },
  /** Runs an investigation again and writes it into the case. */
  'keep/investigation': {
    request: v.object({ entity: Entity, scope: v.nullable(Range) }),
    response: KeptInvestigation,
  },
  /** The same for everything that acts in an incident. */
  'keep/incident': { request: v.object({ id: v.string() }), response: v.array(KeptInvestigation) },
  'keep/state': {
    request: v.object({ id: v.string(), state: v.picklist(['ACTIVE', 'ARCHIVED']) }),
    response: KeptInvestigation,
  },
});

export const summaryContract = defineContract({
  'summary/get': {
    request: v.object({ scope: v.nullable(Range) }),
    response: v.object({
      totals: v.object({
        events: Count,
        failed: Count,
        flows: Count,
        findings: Count,
        incidents: Count,
        principals: Count,
        addresses: Count,
      }),
      incidents: v.array(IncidentRow),
      principals: v.array(
        v.object({
          type: EntityType,
          id: v.string(),
          label: v.string(),
          succeeded: Count,
          failed: Count,
          last: v.string(),
          spark: v.array(v.number()),
        }),
      ),
      instances: v.array(
        v.object({
          id: v.string(),
          calls: Count,
          failed: Count,
          bytesIn: Count,
          bytesOut: Count,
          accepted: Count,
          rejected: Count,
        }),
      ),
      newBehaviour: v.array(NewBehaviourRow),
      series: Series,
      /** Start of the day buckets of `spark`. */
      sparkDays: v.array(v.string()),
      sql: v.record(v.string(), v.string()),
    }),
  },
  'entity/profile': {
    request: v.object({ entity: Entity, scope: v.nullable(Range) }),
    response: v.object({
      entity: v.object({
        type: EntityType,
        id: v.string(),
        label: v.string(),
        accountId: Text,
        first: v.string(),
        last: v.string(),
        events: Count,
        failures: Count,
      }),
      scope: Range,
      apis: v.array(
        v.object({
          service: v.string(),
          api: v.string(),
          succeeded: Count,
          failed: Count,
          first: v.string(),
          last: v.string(),
        }),
      ),
      addresses: v.array(
        v.object({
          address: v.string(),
          principals: Count,
          succeeded: Count,
          failed: Count,
          first: v.string(),
          last: v.string(),
        }),
      ),
      credentials: v.array(
        v.object({
          credential: v.string(),
          kind: v.string(),
          resolution: v.string(),
          events: Count,
          failures: Count,
          first: v.string(),
          last: v.string(),
        }),
      ),
      userAgents: v.array(
        v.object({
          family: v.string(),
          succeeded: Count,
          failed: Count,
          first: v.string(),
          last: v.string(),
        }),
      ),
      peers: v.array(
        v.object({
          localAddr: v.string(),
          peerAddr: v.string(),
          port: v.nullable(v.number()),
          protocol: v.nullable(v.number()),
          direction: v.string(),
          accepted: Count,
          rejected: Count,
          bytesIn: Count,
          bytesOut: Count,
        }),
      ),
      /** What descriptions in the bundle say of it. */
      facts: v.array(Cited),
      newBehaviour: v.array(NewBehaviourRow),
      findings: v.array(FindingRow),
      incidents: v.array(IncidentRow),
      sql: v.record(v.string(), v.string()),
    }),
  },
  /** Records of an entity, of one kind of log or of all; columns as incidents/timeline. */
  'entity/records': {
    request: v.object({
      entity: Entity,
      scope: v.nullable(Range),
      filter: v.string(),
      source: v.optional(v.string()),
      page: Page,
    }),
    response: Table,
  },
  /** How much an entity did over time: one chart a kind of log. With a scope the axis begins with the days before it. */
  'entity/volume': {
    request: v.object({ entity: Entity, scope: v.nullable(Range), baselineDays: BaselineDays }),
    response: v.object({
      axis: Range,
      scope: Range,
      charts: v.array(
        v.object({
          /** Source of the records. */
          kind: v.string(),
          /** records: succeeded and failed; bytes: into and out of the interfaces. */
          unit: v.picklist(['records', 'bytes']),
          times: v.array(v.string()),
          succeeded: v.array(v.number()),
          failed: v.array(v.number()),
          /** Of the sums of the whole buckets before the scope time; null with fewer than two of them. */
          baseline: v.nullable(v.object({ mean: v.number(), deviation: v.number(), buckets: Count })),
          sql: v.string(),
        }),
      ),
    }),
  },
  /** Ids, ARNs, keys, addresses with * and ?, CIDR, API names and free text in records. */
  'search/run': {
    request: v.object({
      text: v.string(),
      scope: v.nullable(Range),
      limit: v.pipe(v.number(), v.maxValue(1000)),
    }),
    response: v.object({
      entities: v.array(
        v.object({
          type: EntityType,
          id: v.string(),
          label: v.string(),
          events: Count,
          failures: Count,
          first: v.string(),
          last: v.string(),
        }),
      ),
      findings: v.array(FindingRow),
      /** Columns as incidents/timeline; total counts all matching records. */
      records: Table,
      milliseconds: v.number(),
    }),
  },
});
