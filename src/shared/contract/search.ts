import * as v from 'valibot';
import { defineContract } from './define';
import { FindingRow } from './findings';
import { Count, EntityType, Range, Table } from './words';

export const searchContract = defineContract({
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
