import * as v from 'valibot';
import { defineContract } from './define';
import { Count, Page, Range, Severity, Table, Text } from './words';

/** What a line of the timeline stands for. */
export const LANES = ['source', 'principal', 'service', 'address', 'account', 'region', 'tactic'] as const;
export type LaneKind = (typeof LANES)[number];
const Lanes = v.picklist(LANES);

export const timelineContract = defineContract({
  /** Counts over time, one line each for the busiest of a kind; every line has a value for each bucket. */
  'timeline/lanes': {
    request: v.object({
      scope: v.nullable(Range),
      by: Lanes,
      filter: v.string(),
      buckets: v.pipe(v.number(), v.integer(), v.minValue(20), v.maxValue(2000)),
    }),
    response: v.object({
      range: Range,
      bucketMs: Count,
      /** Start of each bucket in milliseconds. */
      times: v.array(v.number()),
      lanes: v.array(
        v.object({
          id: v.string(),
          total: Count,
          failures: Count,
          succeeded: v.array(v.number()),
          failed: v.array(v.number()),
        }),
      ),
      /** Lines there are beyond those listed. */
      more: Count,
      total: Count,
      findings: v.array(
        v.object({
          id: v.string(),
          title: v.string(),
          severity: Severity,
          tactic: v.string(),
          first: v.string(),
          last: v.string(),
        }),
      ),
      incidents: v.array(
        v.object({
          id: v.string(),
          title: v.string(),
          severity: Severity,
          first: v.string(),
          last: v.string(),
        }),
      ),
      /** Times in which the evidence was switched off by a call: what happened then was not logged. */
      blind: v.array(
        v.object({
          account: v.string(),
          from: v.string(),
          to: v.string(),
          call: v.string(),
          ended: v.boolean(),
        }),
      ),
      sql: v.string(),
    }),
  },
  /** The records of the timeline or of one of its lines, in time order; columns as incidents/timeline. */
  'timeline/records': {
    request: v.object({ scope: v.nullable(Range), by: Lanes, lane: Text, filter: v.string(), page: Page }),
    response: Table,
  },
});
