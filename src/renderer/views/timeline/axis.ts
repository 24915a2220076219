import type { TimeRange } from '../../../shared/model/time';
import { fromMillis, toMillis } from '../../format/time';
import { momentOf, offsetAt } from '../../format/zone.svelte';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 5, 10, 50, 100, 500, SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND],
  ...[MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY],
];

interface Tick {
  readonly at: number;
  readonly text: string;
}

/**
 * Times between two moments (milliseconds of UTC) that are round in the chosen zone, at most so many, each said as
 * exactly as its step needs.
 */
export function ticksOf(from: number, to: number, most: number): Tick[] {
  const step = STEPS.find((width) => (to - from) / width <= most) ?? 364 * DAY;
  const first = Math.ceil((from + offsetAt(from)) / step) * step;
  const length = Math.max(0, Math.floor((to + offsetAt(to) - first) / step) + 1);
  return Array.from({ length }, (_, i) => first + i * step).map((wall) => ({
    at: momentOf(wall),
    text: tickText(wall, step),
  }));
}

function tickText(at: number, step: number): string {
  const iso = new Date(at).toISOString();
  const day = iso.slice(5, 10);
  if (step >= DAY) return step >= 91 * DAY ? iso.slice(0, 10) : day;
  const time = step < SECOND ? iso.slice(11, 23) : step < MINUTE ? iso.slice(11, 19) : iso.slice(11, 16);
  return at % DAY === 0 ? day : time;
}

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
