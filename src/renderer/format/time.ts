import type { IsoTime, TimeRange } from '../../shared/model/time';

const PATTERN = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Evidence time for a person, UTC: `2023-07-10 11:42:18`, with the fraction only when there is one. Other text passes through. */
export function formatTime(time: IsoTime | null | undefined): string {
  if (time === null || time === undefined || time === '') return '–';
  const match = PATTERN.exec(time);
  if (!match) return time;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  return `${match[1] ?? ''} ${match[2] ?? ''}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Day and minute only, for narrow columns: `2023-07-10 11:42`. */
export function formatMinute(time: IsoTime | null | undefined): string {
  return formatTime(time).slice(0, 16);
}

/** A range with the shared day written once: `2023-07-10 11:42 – 12:05 UTC`. */
export function formatRange(range: TimeRange): string {
  const from = formatMinute(range.from);
  const to = formatMinute(range.to);
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  return `${from} – ${sameDay ? to.slice(11) : to} UTC`;
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

/** What a person typed as evidence time (`2023-07-10`, `2023-07-10 11:42`, ISO), else null. Always read as UTC. */
export function parseTime(text: string): IsoTime | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,6})?)?\s*(?:Z|UTC)?$/i.exec(text.trim());
  if (!match) return null;
  const fraction = (match[4] ?? '.').slice(1).padEnd(6, '0');
  const time = `${match[1] ?? ''}T${match[2] ?? '00:00'}${match[3] ?? ':00'}.${fraction}Z`;
  const millis = Date.parse(time);
  // Date.parse rolls the 31st of a short month over: such a day is refused, not moved.
  return Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== match[1] ? null : time;
}

/** The last microsecond before a time. */
export function justBefore(time: IsoTime): IsoTime {
  const fraction = (PATTERN.exec(time)?.[3] ?? '').padEnd(6, '0');
  const micros = BigInt(Math.floor(toMillis(time) / SECOND)) * 1_000_000n + BigInt(fraction) - 1n;
  const seconds = micros / 1_000_000n;
  const head = new Date(Number(seconds) * SECOND).toISOString().slice(0, 19);
  return `${head}.${String(micros - seconds * 1_000_000n).padStart(6, '0')}Z`;
}
