import { expect, it } from 'vitest';
import { shareOut, slotLength } from '../../src/sample/slots';
import { DAY, HOUR } from '../../src/sample/world/calendar';

it('shares out a total exactly, more by day than by night', () => {
  const shares = shareOut(10_001, { start: 0, count: 24, length: HOUR, zoneHours: 0 });
  expect(shares.reduce((a, b) => a + b, 0)).toBe(10_001);
  expect(shares[10]!).toBeGreaterThan(shares[3]! * 1.3);
});

it('keeps what a slot holds in memory bounded', () => {
  for (const records of [1000, 200_000, 50_000_000]) {
    const length = slotLength(records, 30);
    expect((records * length) / (30 * DAY)).toBeLessThanOrEqual(12_000);
  }
});
