import * as v from 'valibot';
import { defineContract } from './define';
import { Action, Cited, Count, Entity, EntityType, Nothing, Range, Severity, Text } from './words';

const Exhibits = v.array(Cited.entries.exhibits.item);

export const NewBehaviourRow = v.object({
  kind: v.string(),
  principal: v.string(),
  value: v.string(),
  first: v.string(),
  last: v.string(),
  succeeded: Count,
  failed: Count,
  isNewForAccount: v.boolean(),
  bits: v.nullable(v.number()),
  activeDays: Count,
  sampleSize: Count,
  maturity: v.number(),
  mode: v.picklist(['baseline', 'cold']),
});
export type NewBehaviourRow = v.InferOutput<typeof NewBehaviourRow>;

const LineageStep = v.object({
  credential: v.string(),
  /** The credential it hangs on; empty: the entity's own. Investigations kept by earlier builds do not tell. */
  near: v.optional(v.string(), ''),
  principal: v.string(),
  kind: v.string(),
  via: v.string(),
  time: v.string(),
  depth: v.number(),
  exhibits: Exhibits,
});

export const Investigation = v.object({
  entity: Entity,
  scope: Range,
  /** From here on behaviour is compared with the days before: the scope's start, or without a scope the first finding. */
  comparedFrom: v.string(),
  severity: Severity,
  severityReasons: v.array(v.string()),
  /** The types of ListIndicators and ours, with the detail keys of the former. */
  indicators: v.array(
    v.object({
      type: v.string(),
      detail: v.record(v.string(), v.unknown()),
      exhibits: Exhibits,
    }),
  ),
  ttps: v.array(
    v.object({
      tactic: v.string(),
      technique: v.string(),
      techniqueName: v.string(),
      procedure: v.string(),
      severity: Severity,
      ruleId: v.string(),
      ruleTitle: v.string(),
      author: v.string(),
      successes: Count,
      failures: Count,
      ips: v.array(v.string()),
      apis: v.array(v.object({ api: v.string(), successes: Count, failures: Count })),
      findingId: v.string(),
      sql: v.string(),
      exhibits: Exhibits,
    }),
  ),
  newBehaviour: v.array(NewBehaviourRow),
  /** Hours and days far from what the days before lead to expect; `hour` of a day is its date. */
  unusual: v.array(
    v.object({
      kind: v.picklist(['volume', 'failure-share', 'volume-day', 'failure-share-day']),
      principal: v.string(),
      hour: v.string(),
      succeeded: Count,
      failed: Count,
      expected: v.nullable(v.number()),
      bits: v.nullable(v.number()),
      qValue: v.nullable(v.number()),
      activeDays: Count,
      sampleSize: Count,
    }),
  ),
  lineage: v.object({
    up: v.array(LineageStep),
    down: v.array(LineageStep),
    resolution: v.string(),
  }),
  /** What it and the credentials that came out of it touched, most sensitive first. */
  reach: v.object({
    accounts: v.array(v.string()),
    /** All resources; `resources` may hold fewer. */
    total: Count,
    resources: v.array(
      v.object({
        type: v.string(),
        id: v.string(),
        sensitivity: v.picklist(['low', 'medium', 'high', 'critical']),
        why: v.string(),
        reads: Count,
        writes: Count,
        refused: Count,
        /** Of all of these, those that are records of an incident. */
        suspect: Count,
        apis: v.array(v.string()),
        first: v.string(),
        last: v.string(),
        exhibits: Exhibits,
      }),
    ),
  }),
  incidents: v.array(v.string()),
  relatedGroups: v.array(
    v.object({ id: v.string(), title: v.string(), severity: Severity, role: v.string() }),
  ),
  /** Whom to investigate next. */
  recommended: v.array(
    v.object({
      type: EntityType,
      id: v.string(),
      reason: v.string(),
      severity: Severity,
      findings: Count,
      latest: Text,
    }),
  ),
  remediation: v.array(Action),
});
export type Investigation = v.InferOutput<typeof Investigation>;

/** A kept investigation, in short: an entry of ListInvestigations. */
export const KeptInvestigation = v.object({
  id: v.string(),
  createdAt: v.string(),
  state: v.picklist(['ACTIVE', 'ARCHIVED']),
  entity: Entity,
  scope: Range,
  severity: Severity,
  indicators: Count,
  incidents: v.array(v.string()),
  /** The other case that it was taken over from; its exhibits lie there. */
  origin: Text,
});
export type KeptInvestigation = v.InferOutput<typeof KeptInvestigation>;

const Difference = v.object({
  /** What is compared: an indicator type, technique, new value, resource. */
  kind: v.string(),
  what: v.string(),
  /** Null: not in this one. */
  before: v.nullable(v.string()),
  after: v.nullable(v.string()),
});
export const InvestigationComparison = v.object({
  before: KeptInvestigation,
  after: KeptInvestigation,
  /** How many facts of the compared kinds are equal in both. */
  same: Count,
  differences: v.array(Difference),
});
export type InvestigationComparison = v.InferOutput<typeof InvestigationComparison>;

/** What came of taking over a folder of investigations. */
export const TakenInvestigations = v.object({
  added: Count,
  /** Kept here already, with the same content. */
  known: Count,
  /** Ids that are kept here with other content; ours stay. */
  differing: v.array(v.string()),
});
export type TakenInvestigations = v.InferOutput<typeof TakenInvestigations>;

export const investigationContract = defineContract({
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
  /** Asks for a folder and writes the given ones, or all (ids null), into a new one in it; null when none was chosen. */
  'keep/share': {
    request: v.object({ ids: v.nullable(v.array(v.string())) }),
    response: v.nullable(v.object({ path: v.string(), count: Count })),
  },
  /** Asks for such a folder and takes over what it holds; null when none was chosen. */
  'keep/take': { request: Nothing, response: v.nullable(TakenInvestigations) },
});
