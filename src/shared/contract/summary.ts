import * as v from 'valibot';
import { defineContract } from './define';
import { IncidentRow } from './incidents';
import { NewBehaviourRow } from './investigation';
import { Count, EntityType, Range, Series } from './words';

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
});
