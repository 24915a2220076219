import type { TimeRange } from '../../../shared/model/time';
import { fromMillis, toMillis } from '../../format/time';

/** The range seen through another lens: `factor` under 1 zooms in on its middle; `shift` moves it by that share. */
export function lensed(range: TimeRange, factor: number, shift: number): TimeRange {
  const from = toMillis(range.from);
  const span = Math.max(1, toMillis(range.to) - from);
  const width = Math.max(2, span * factor);
  const start = from + (span - width) / 2 + span * shift;
  return { from: fromMillis(Math.round(start)), to: fromMillis(Math.round(start + width)) };
}

/** A brushed span in the right order, at least one millisecond wide. */
export function brushed(a: number, b: number): TimeRange {
  const from = Math.floor(Math.min(a, b));
  return { from: fromMillis(from), to: fromMillis(Math.max(from + 1, Math.ceil(Math.max(a, b)))) };
}
