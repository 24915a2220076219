const UTC = 'UTC';
const MINUTE = 60_000;
/** Farther apart than any clock is put back, nearer than two changes ever are. */
const NEAR = 3 * 60 * MINUTE;

/**
 * The zone that times are written in, the one thing of this folder that is not handed in: hundreds of cells ask for it,
 * and all must change at once. Times themselves stay UTC everywhere; only their text has a zone.
 */
let clock = $state.raw({ zone: UTC, parts: partsOf(UTC) });

function partsOf(zone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ era: 'short', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
  });
}

/** Whether the runtime knows a zone of this IANA name. */
export function isZone(zone: string): boolean {
  try {
    return partsOf(zone).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Writes all times in this zone from now on. Errors: RangeError for a zone that the runtime does not know. */
export function writeTimesIn(zone: string): void {
  clock = { zone, parts: partsOf(zone) };
}

export function currentZone(): string {
  return clock.zone;
}

/** The zone of the machine, by its IANA name. */
export function workstationZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The zone in a word, for heads of columns: `UTC`, `Berlin`, `New York`. */
export function zoneMark(): string {
  return (clock.zone.split('/').at(-1) ?? clock.zone).replaceAll('_', ' ');
}

/** How far the clock of the zone is ahead of UTC at a moment, in milliseconds. */
export function offsetAt(ms: number): number {
  if (clock.zone === UTC || !Number.isFinite(ms)) return 0;
  const at: Record<string, string> = {};
  for (const { type, value } of clock.parts.formatToParts(ms)) at[type] = value;
  const year = at['era'] === 'BC' ? 1 - Number(at['year']) : Number(at['year']);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(at['month']) - 1, Number(at['day']));
  wall.setUTCHours(Number(at['hour']), Number(at['minute']), Number(at['second']));
  return wall.getTime() - Math.floor(ms / 1000) * 1000;
}

/** An offset as people write it: `+02:00`. */
export function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whether the zone's clock shows the time of this moment twice, because it was put back. */
export function isRepeated(ms: number): boolean {
  if (clock.zone === UTC) return false;
  const own = offsetAt(ms);
  return [ms - NEAR, ms + NEAR].some((near) => {
    const other = offsetAt(near);
    return other !== own && offsetAt(ms + own - other) === other;
  });
}

/**
 * The moment at which the zone's clock shows a wall time, given as if it were UTC. A time that comes twice is the first
 * of both; one that is skipped is as long after the change.
 */
export function momentOf(wall: number): number {
  // The wall time itself may lie on the other side of a change that is half a day away.
  const about = wall - offsetAt(wall);
  const before = wall - offsetAt(about - NEAR);
  if (before + offsetAt(before) === wall) return before;
  const after = wall - offsetAt(about + NEAR);
  return after + offsetAt(after) === wall ? after : before;
}
