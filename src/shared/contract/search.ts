import * as v from 'valibot';
import { defineContract } from './define';
import { FindingRow } from './findings';
import { Count, EntityType, Range, Table, Text } from './words';

export const searchContract = defineContract({
  /** Ids, ARNs, keys, addresses with * and ?, CIDR and free text, in entities and findings. */
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
    }),
  },
  /**
   * The same in the records of every source, a stretch at a time, newest parts of the evidence first. Ask with `at` 0, then
   * with `next` until it is null; stop asking to stop searching. Where `steps` changes the case grew: begin again.
   */
  'search/records': {
    request: v.object({
      text: v.string(),
      scope: v.nullable(Range),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
      at: v.pipe(v.number(), v.integer(), v.minValue(0)),
      /** Older records are counted and not told: there are newer ones enough. */
      notBefore: Text,
    }),
    response: v.object({
      /** The newest of those found in this stretch, columns as incidents/timeline; total counts all of them. */
      records: Table,
      next: v.nullable(Count),
      steps: Count,
      /** 0..1 of the records were looked at, this stretch included. */
      share: v.number(),
    }),
  },
});
