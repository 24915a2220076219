import { momentOf, offsetAt } from './zone.svelte';

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

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Times between two moments (milliseconds of UTC) that are round in the chosen zone, at most so many, each said as
 * exactly as its step needs: `24 Mar 2025` at the first day and in a new year, `25 Mar`, `14:00`. The first names its
 * day in any case.
 */
export function ticksOf(from: number, to: number, most: number): Tick[] {
  const step = STEPS.find((width) => (to - from) / width <= most) ?? 364 * DAY;
  const first = Math.ceil((from + offsetAt(from)) / step) * step;
  const length = Math.max(0, Math.floor((to + offsetAt(to) - first) / step) + 1);
  let year = '';
  return Array.from({ length }, (_, i) => first + i * step).map((wall, i) => {
    const clock = clockText(wall, step);
    const at = momentOf(wall);
    if (clock !== '') return { at, text: i === 0 ? `${dayText(wall)} ${clock}` : clock };
    const isNewYear = year !== yearOf(wall);
    year = yearOf(wall);
    return { at, text: isNewYear ? `${dayText(wall)} ${year}` : dayText(wall) };
  });
}

const iso = (wall: number): string => new Date(wall).toISOString();
const yearOf = (wall: number): string => iso(wall).slice(0, 4);
const dayText = (wall: number): string =>
  `${Number(iso(wall).slice(8, 10))} ${MONTHS[Number(iso(wall).slice(5, 7)) - 1] ?? ''}`;

/** The time of day as its step needs it; nothing at the beginning of a day. */
function clockText(wall: number, step: number): string {
  if (wall % DAY === 0 || step >= DAY) return '';
  return iso(wall).slice(11, step < SECOND ? 23 : step < MINUTE ? 19 : 16);
}
