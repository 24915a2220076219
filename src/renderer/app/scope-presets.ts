import { fromMillis, toMillis } from '../format/time';
import type { IsoTime, TimeRange } from '../../shared/model/time';

const DAY = 86_400_000;

/** Ready scope times, counted back from the last record: evidence is old, "now" would be empty. */
export function scopePresets(
  of: { readonly first: IsoTime | null; readonly last: IsoTime | null } | null,
): readonly { readonly title: string; readonly range: TimeRange | null }[] {
  const whole = { title: 'Whole case', range: null };
  if (!of?.first || !of.last) return [whole];
  const end = of.last;
  const back = (days: number): TimeRange => ({ from: fromMillis(toMillis(end) - days * DAY), to: end });
  const wanted = [
    { title: 'Last 24 hours of evidence', days: 1 },
    { title: 'Last 7 days of evidence', days: 7 },
    { title: 'Last 14 days of evidence', days: 14 },
    { title: 'Last 30 days of evidence', days: 30 },
  ];
  const span = toMillis(end) - toMillis(of.first);
  const fitting = wanted.filter(({ days }) => days * DAY < span);
  return [whole, ...fitting.map(({ title, days }) => ({ title, range: back(days) }))];
}
