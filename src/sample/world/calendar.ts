/** Times of the composer are whole seconds since 1970 UTC, as CloudTrail and flow records have them. */
export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

const CLOCK = Array.from({ length: DAY }, (_, s) => clockText(s));
let dateDay = -1;
let dateText = '';

function two(n: number): string {
  return n < 10 ? `0${n}` : `${n}`;
}

function clockText(second: number): string {
  return `${two(Math.floor(second / HOUR))}:${two(Math.floor(second / MINUTE) % 60)}:${two(second % 60)}`;
}

/** `YYYY-MM-DD` of a time. The last day is remembered: records come in runs of one day. */
export function dateOf(time: number): string {
  const day = Math.floor(time / DAY);
  if (day !== dateDay) {
    dateDay = day;
    dateText = new Date(day * DAY * 1000).toISOString().slice(0, 10);
  }
  return dateText;
}

/** `YYYY-MM-DDTHH:MM:SSZ`. */
export function isoOf(time: number): string {
  return `${dateOf(time)}T${CLOCK[((time % DAY) + DAY) % DAY] ?? ''}Z`;
}

/** `YYYY-MM-DDTHH:MM:SS.000000Z`, the exact form of the product's times. */
export function exactOf(time: number): string {
  return `${isoOf(time).slice(0, 19)}.000000Z`;
}

/** `YYYYMMDDTHHmmZ`, the time in the names of delivered files. */
export function stampOf(time: number): string {
  const iso = isoOf(time);
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}Z`;
}

/** `Jul 10, 2023 12:24:29 PM`, the date form inside IAM responses. */
export function longDateOf(time: number): string {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const at = new Date(time * 1000);
  const hour = at.getUTCHours();
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  const month = months[at.getUTCMonth()] ?? '';
  return `${month} ${at.getUTCDate()}, ${at.getUTCFullYear()} ${clock} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** 0 Monday .. 6 Sunday. */
export function weekdayOf(time: number): number {
  return (Math.floor(time / DAY) + 3) % 7;
}

/**
 * How busy people-driven traffic is at a time, around 1 on a working day: low nights, a lunch dip, quiet week ends.
 * `zoneHours` is the offset of the people from UTC.
 */
export function rhythmAt(time: number, zoneHours: number): number {
  const local = time + zoneHours * HOUR;
  const hour = (local % DAY) / HOUR;
  const bump = (centre: number, width: number): number => Math.exp(-(((hour - centre) / width) ** 2));
  const level = 0.25 + 1.1 * bump(10.5, 2.6) + 1.05 * bump(15.5, 3) + 0.35 * bump(20.5, 2);
  return weekdayOf(local) >= 5 ? 0.3 + level * 0.25 : level;
}
