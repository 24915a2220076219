import type { IsoTime, TimeRange } from '../../shared/model/time';
import { isRepeated, momentOf, offsetAt, offsetText, zoneMark } from './zone.svelte';

const PATTERN = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Evidence time for a person, in the zone that was chosen: `2023-07-10 11:42:18`, with the fraction only when there is
 * one, and with the offset only where the clock shows a time twice. Other text passes through.
 */
export function formatTime(time: IsoTime | null | undefined): string {
  return written(time, (fraction) => (fraction === '' ? '' : `.${fraction}`), 19);
}

/** Day and minute only, for narrow columns: `2023-07-10 11:42`. */
export function formatMinute(time: IsoTime | null | undefined): string {
  return written(time, () => '', 16);
}

/** To the second: `2023-07-10 11:42:18`. */
export function formatSecond(time: IsoTime | null | undefined): string {
  return written(time, () => '', 19);
}

function written(
  time: IsoTime | null | undefined,
  tail: (fraction: string) => string,
  length: number,
): string {
  if (time === null || time === undefined || time === '') return '–';
  const match = PATTERN.exec(time);
  if (!match) return time;
  const ms = Math.floor(toMillis(time) / SECOND) * SECOND;
  const wall = new Date(ms + offsetAt(ms)).toISOString();
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  const offset = isRepeated(ms) ? ` ${offsetText(offsetAt(ms))}` : '';
  return `${wall.slice(0, 10)} ${wall.slice(11, length)}${tail(fraction)}${offset}`;
}

/** A range with the shared day written once and the zone: `2023-07-10 11:42 – 12:05 UTC`. */
export function formatRange(range: TimeRange): string {
  return `${formatSpan(range)} ${zoneMark()}`;
}

/** The same where the zone stands beside it. */
export function formatSpan(range: TimeRange): string {
  const from = formatMinute(range.from);
  const to = formatMinute(range.to);
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  return `${from} – ${sameDay ? to.slice(11) : to}`;
}

/**
 * A sentence of the analysis with its times, written there as `2025-06-18 09:29:56 UTC` or `2025-06-18 03:25 and 04:39
 * UTC`, in the chosen zone.
 */
export function retold(text: string): string {
  if (zoneMark() === 'UTC') return text;
  return text.replace(TOLD, (_, day: string, first: string, word?: string, second?: string) => {
    const one = rewritten(day, first);
    if (word === undefined || second === undefined) return `${one} ${zoneMark()}`;
    const other = rewritten(day, second);
    const sameDay = one.slice(0, 10) === other.slice(0, 10);
    return `${one} ${word} ${sameDay ? other.slice(11) : other} ${zoneMark()}`;
  });
}

const TOLD = /\b(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?)(?: (and|to) (\d\d:\d\d(?::\d\d)?))? UTC\b/g;

function rewritten(day: string, clock: string): string {
  return clock.length > 5 ? formatSecond(`${day}T${clock}Z`) : formatMinute(`${day}T${clock}:00Z`);
}

/** A span in its two largest units: `3 d 4 h`, `12 min`, `0.4 s`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < DAY) return twoUnits(ms, HOUR, 'h', MINUTE, 'min');
  return twoUnits(ms, DAY, 'd', HOUR, 'h');
}

function twoUnits(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const whole = Math.floor(ms / big);
  const rest = Math.floor((ms - whole * big) / small);
  return rest === 0 ? `${whole} ${bigName}` : `${whole} ${bigName} ${rest} ${smallName}`;
}

/** Milliseconds since the epoch, for axes and differences only: microseconds are lost. NaN when it is no time. */
export function toMillis(time: IsoTime): number {
  return Date.parse(time);
}

/** Evidence time from milliseconds, e.g. of a brushed axis. */
export function fromMillis(milliseconds: number): IsoTime {
  return new Date(milliseconds).toISOString().replace(/(\.\d{3})Z$/, '$1000Z');
}

/**
 * What a person typed as evidence time (`2023-07-10`, `2023-07-10 11:42`, ISO), else null. Read in the chosen zone
 * unless it ends in `Z`, `UTC` or an offset such as `+02:00`.
 */
export function parseTime(text: string): IsoTime | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,6})?)?\s*(Z|UTC|[+-]\d\d:\d\d)?$/i.exec(
    text.trim(),
  );
  if (!match) return null;
  const [, day = '', minute = '00:00', second = ':00', fraction = '.', suffix = ''] = match;
  const wall = Date.parse(`${day}T${minute}${second}Z`);
  // Date.parse rolls the 31st of a short month over: such a day is refused, not moved.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== day) return null;
  const isOffset = /^[+-]/.test(suffix);
  const ms = isOffset
    ? Date.parse(`${day}T${minute}${second}${suffix}`)
    : suffix === ''
      ? momentOf(wall)
      : wall;
  if (Number.isNaN(ms)) return null;
  return `${new Date(ms).toISOString().slice(0, 19)}.${fraction.slice(1).padEnd(6, '0')}Z`;
}

/** How a time is to be typed, for messages. */
export function timeExample(): string {
  return `2023-07-10 11:42 (${zoneMark()})`;
}

/** The last microsecond before a time. */
export function justBefore(time: IsoTime): IsoTime {
  const fraction = (PATTERN.exec(time)?.[3] ?? '').padEnd(6, '0');
  const micros = BigInt(Math.floor(toMillis(time) / SECOND)) * 1_000_000n + BigInt(fraction) - 1n;
  const seconds = micros / 1_000_000n;
  const head = new Date(Number(seconds) * SECOND).toISOString().slice(0, 19);
  return `${head}.${String(micros - seconds * 1_000_000n).padStart(6, '0')}Z`;
}
