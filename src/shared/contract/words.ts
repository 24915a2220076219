import * as v from 'valibot';
import { ENTITY_TYPES } from '../model/entity';
import { SEVERITIES } from '../model/severity';

/** Schemas of the words that several calls use. */
export const Nothing = v.null();
const Iso = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/));
export const Range = v.object({ from: Iso, to: Iso });
export const Severity = v.picklist(SEVERITIES);
export const EntityType = v.picklist(ENTITY_TYPES);
export const Entity = v.object({ type: EntityType, id: v.string() });
export const Count = v.number();
export const Text = v.nullable(v.string());

/** A page of a table by columns: `columns[i][row]` belongs to `names[i]`. `total` counts all rows, not only the page. */
export const Table = v.object({
  names: v.array(v.string()),
  columns: v.array(v.array(v.unknown())),
  rowCount: v.number(),
  total: v.number(),
});
export type Table = v.InferOutput<typeof Table>;
export const Page = v.object({
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
});
export const Sort = v.object({ column: v.string(), descending: v.boolean() });

export const Exhibit = v.object({
  n: v.number(),
  kind: v.string(),
  file: v.string(),
  recordNo: v.number(),
  eventId: Text,
  sha256: v.string(),
});
export const Cited = v.object({ text: v.string(), exhibits: v.array(Exhibit) });
export const Action = v.object({
  text: v.string(),
  exhibits: v.array(Exhibit),
  commands: v.array(v.string()),
  phase: v.picklist(['preserve', 'contain', 'eradicate', 'recover', 'prevent']),
});
export const Series = v.object({
  /** Start of each bucket, ascending and without holes. */
  times: v.array(v.string()),
  succeeded: v.array(v.number()),
  failed: v.array(v.number()),
});

/** How many days before the scope time are the measure of what is new or much. */
export const BaselineDays = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365));
