import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { formatMinute, formatRange, formatTime, parseTime, retold } from '../../../src/renderer/format/time';
import {
  isZone,
  momentOf,
  offsetAt,
  offsetText,
  writeTimesIn,
  zoneMark,
} from '../../../src/renderer/format/zone.svelte';
import { ticksOf } from '../../../src/renderer/format/ticks';

afterEach(() => writeTimesIn('UTC'));

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Asia/Tokyo',
];

describe('times in a zone', () => {
  it('are moved, keep their fraction, and name the zone', () => {
    writeTimesIn('Europe/Berlin');
    expect(formatTime('2025-07-01T23:30:00.120000Z')).toBe('2025-07-02 01:30:00.12');
    expect(formatMinute('2025-01-01T23:30:59Z')).toBe('2025-01-02 00:30');
    expect(formatRange({ from: '2025-07-01T22:30:00Z', to: '2025-07-01T23:30:00Z' })).toBe(
      '2025-07-02 00:30 – 01:30 Berlin',
    );
    writeTimesIn('America/New_York');
    expect(zoneMark()).toBe('New York');
    writeTimesIn('UTC');
    expect(formatTime('2025-07-01T23:30:00.000000Z')).toBe('2025-07-01 23:30:00');
  });

  it('tell the two hours apart that a clock shows twice', () => {
    writeTimesIn('Europe/Berlin');
    expect(formatTime('2025-10-26T00:30:00Z')).toBe('2025-10-26 02:30:00 +02:00');
    expect(formatTime('2025-10-26T01:30:00Z')).toBe('2025-10-26 02:30:00 +01:00');
    expect(formatTime('2025-10-26T02:30:00Z')).toBe('2025-10-26 03:30:00');
  });

  it('are read back as they were written, in every zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(2006, 0, 1), max: Date.UTC(2035, 0, 1) }),
        (zone, ms) => {
          writeTimesIn(zone);
          const time = `${new Date(ms).toISOString().slice(0, 19)}.000000Z`;
          expect([zone, parseTime(formatTime(time))]).toEqual([zone, time]);
        },
      ),
      { numRuns: 400, seed: 7, examples: [['Australia/Lord_Howe', 1491030000000]] },
    );
  });

  it('are read as UTC or with an offset when they say so, and skipped hours lie after the change', () => {
    writeTimesIn('Europe/Berlin');
    expect(parseTime('2025-07-01 12:00')).toBe('2025-07-01T10:00:00.000000Z');
    expect(parseTime('2025-07-01 12:00Z')).toBe('2025-07-01T12:00:00.000000Z');
    expect(parseTime('2025-07-01T12:00:00.5 -05:00')).toBe('2025-07-01T17:00:00.500000Z');
    expect(parseTime('2025-03-30 02:30')).toBe('2025-03-30T01:30:00.000000Z');
    expect(parseTime('2025-02-30')).toBeNull();
  });

  it('in sentences of the analysis are written anew', () => {
    const told = 'The first call is at 2025-06-18 09:29:56 UTC.';
    expect(retold(told)).toBe(told);
    writeTimesIn('Asia/Kolkata');
    expect(retold(told)).toBe('The first call is at 2025-06-18 14:59:56 Kolkata.');
    expect(retold('between 2025-04-19 18:25 and 18:39 UTC.')).toBe(
      'between 2025-04-19 23:55 and 2025-04-20 00:09 Kolkata.',
    );
  });

  it('mark an axis where the clock of the zone is round', () => {
    writeTimesIn('Asia/Kolkata');
    const ticks = ticksOf(Date.UTC(2025, 5, 1), Date.UTC(2025, 5, 3), 4);
    expect(ticks.map((tick) => new Date(tick.at).toISOString().slice(11, 16))).toEqual(
      ticks.map((tick) => (tick.text.includes(':') ? '06:30' : '18:30')),
    );
  });
});

describe('a zone', () => {
  it('is one that the runtime knows', () => {
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(isZone('Europe/Nowhere')).toBe(false);
    expect(isZone('')).toBe(false);
  });

  it('has an offset that is written with sign and minutes', () => {
    writeTimesIn('Asia/Kolkata');
    expect(offsetText(offsetAt(0))).toBe('+05:30');
    writeTimesIn('America/New_York');
    expect(offsetText(offsetAt(Date.UTC(2025, 0, 1)))).toBe('-05:00');
    expect(momentOf(Date.UTC(2025, 0, 1))).toBe(Date.UTC(2025, 0, 1, 5));
  });
});
