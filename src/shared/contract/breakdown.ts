import * as v from 'valibot';
import { defineContract } from './define';
import { Count, Entity, Page, Range, Table, Text } from './words';

/**
 * The logs that can be broken down, and by what. `assumed-by` are the calls of others that assumed the role;
 * `vpc-flow` counts whole hours of traffic.
 */
export const BREAKDOWNS = {
  cloudtrail: [
    'api',
    'service',
    'address',
    'principal',
    'session',
    'credential',
    'userAgent',
    'error',
    'region',
    'account',
    'assumed',
  ],
  'assumed-by': ['principal', 'session', 'credential', 'address', 'account', 'userAgent', 'error'],
  'k8s-audit': ['subject', 'verb', 'resource', 'namespace', 'address', 'identity', 'code', 'uri', 'cluster'],
  'dns-query': ['domain', 'type', 'code', 'address', 'instance'],
  'vpc-flow': ['peer', 'own', 'port', 'protocol', 'direction'],
} as const;
export type BrokenLog = keyof typeof BREAKDOWNS;

/** contains, is: text, upper and lower case alike. in: an IPv4 network as CIDR, `public` or `private`. */
export const OPERATORS = ['contains', 'not-contains', 'is', 'is-not', 'in', 'not-in'] as const;

const Log = v.picklist(Object.keys(BREAKDOWNS) as [BrokenLog, ...BrokenLog[]]);
const Condition = v.object({ field: v.string(), operator: v.picklist(OPERATORS), value: v.string() });
export type Condition = v.InferOutput<typeof Condition>;

const Asked = {
  entity: Entity,
  scope: v.nullable(Range),
  log: Log,
  /** What was opened on the way here: fields with their values; null for none. */
  path: v.array(v.object({ field: v.string(), value: Text })),
  conditions: v.array(Condition),
  /** How the conditions are joined. */
  join: v.picklist(['and', 'or']),
};

export const breakdownContract = defineContract({
  /** The records of an entity in one log by the values of one field, with the outcome: busiest first. */
  'breakdown/rows': {
    request: v.object({ ...Asked, by: v.string() }),
    response: v.object({
      /** All values there are; `rows` holds the busiest. */
      total: Count,
      succeeded: Count,
      failed: Count,
      rows: v.array(
        v.object({
          value: Text,
          succeeded: Count,
          failed: Count,
          /** Of traffic; null for other logs. */
          bytesIn: v.nullable(Count),
          bytesOut: v.nullable(Count),
          first: v.string(),
          last: v.string(),
        }),
      ),
      sql: v.string(),
    }),
  },
  /** The records behind one value and outcome; not for traffic. Columns as incidents/timeline. */
  'breakdown/records': {
    request: v.object({ ...Asked, failed: v.nullable(v.boolean()), page: Page }),
    response: Table,
  },
});
