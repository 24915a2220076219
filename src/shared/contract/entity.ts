import * as v from 'valibot';
import { defineContract } from './define';
import { FindingRow } from './findings';
import { IncidentRow } from './incidents';
import { NewBehaviourRow } from './investigation';
import { BaselineDays, Cited, Count, Entity, EntityType, Page, Range, Table, Text } from './words';

export const entityContract = defineContract({
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
      findings: v.array(FindingRow),
      incidents: v.array(IncidentRow),
      sql: v.record(v.string(), v.string()),
    }),
  },
  /** What is new about a principal or an address against the days before; of other kinds, who was new to use them. */
  'entity/new-behaviour': {
    request: v.object({ entity: Entity, scope: v.nullable(Range) }),
    response: v.object({ rows: v.array(NewBehaviourRow), sql: v.string() }),
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
});
