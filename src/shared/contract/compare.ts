import * as v from 'valibot';
import { defineContract } from './define';
import { Count, Entity, Page, Range, Table } from './words';

/** What two sides are compared in; each is a column of `calls` or made of its columns. */
export const COMPARED = [
  'api',
  'service',
  'principal',
  'address',
  'network',
  'userAgent',
  'region',
  'account',
  'credential',
  'error',
] as const;
export type Compared = (typeof COMPARED)[number];

const Side = v.object({ entity: v.nullable(Entity), scope: v.nullable(Range) });

export const compareContract = defineContract({
  /** Two windows of time or two entities side by side: what each did by value, in every dimension. */
  'compare/run': {
    request: v.object({ a: Side, b: Side }),
    response: v.object({
      totals: v.object({ a: Count, b: Count }),
      dimensions: v.array(
        v.object({
          id: v.picklist(COMPARED),
          /** Values on one side alone, on both, and beyond those listed. */
          onlyA: Count,
          onlyB: Count,
          both: Count,
          more: Count,
          rows: v.array(v.object({ value: v.string(), a: Count, b: Count })),
          sql: v.string(),
        }),
      ),
    }),
  },
  /** The calls behind one value of one side; columns as incidents/timeline. */
  'compare/records': {
    request: v.object({
      side: Side,
      dimension: v.picklist(COMPARED),
      value: v.string(),
      page: Page,
    }),
    response: Table,
  },
});
