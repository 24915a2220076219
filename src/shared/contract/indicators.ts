import * as v from 'valibot';
import { defineContract } from './define';
import { Count, Nothing, Severity } from './words';

/** A list of indicators that the case holds, in short. */
const IndicatorList = v.object({
  name: v.string(),
  format: v.string(),
  importedAt: v.string(),
  sha256: v.string(),
  indicators: Count,
  /** What of the file is no indicator that can be looked for: the first of them, and how many. */
  skipped: v.array(v.object({ place: v.string(), text: v.string(), reason: v.string() })),
  skippedTotal: Count,
});
export type IndicatorListRow = v.InferOutput<typeof IndicatorList>;

const Hit = v.object({
  type: v.string(),
  value: v.string(),
  label: v.string(),
  severity: Severity,
  list: v.string(),
  /** Kind of log and column. */
  source: v.string(),
  place: v.string(),
  /** The value as logged. */
  seen: v.string(),
  records: Count,
  first: v.string(),
  last: v.string(),
});
export type IndicatorHitRow = v.InferOutput<typeof Hit>;

export const indicatorsContract = defineContract({
  /** The lists of the case and where the evidence holds one of their indicators, looked for now: severe ones first. */
  'indicators/list': {
    request: Nothing,
    response: v.object({
      lists: v.array(IndicatorList),
      /** The first thousand; the rest is counted. */
      hits: v.array(Hit),
      total: Count,
      milliseconds: Count,
    }),
  },
  /** Asks for a file (text, CSV, STIX 2.1, MISP) and keeps its indicators in the case; null when none was chosen. */
  'indicators/import': { request: Nothing, response: v.nullable(v.object({ name: v.string() })) },
  'indicators/remove': { request: v.object({ name: v.string() }), response: Nothing },
});
