import { describe, expect, it } from 'vitest';
import { ticksOf } from '../../../src/renderer/format/ticks';

const DAY = 86_400_000;
const at = (text: string) => Date.parse(text);

describe('ticksOf', () => {
  it('says days for a month and seconds for a minute', () => {
    const month = ticksOf(at('2023-07-01T00:00:00Z'), at('2023-07-31T00:00:00Z'), 10);
    expect(month.length).toBeLessThanOrEqual(11);
    expect(month.every(({ at: ms }) => ms % DAY === 0)).toBe(true);
    expect(month[0]!.text).toMatch(/^\d+ Jul 2023$/);
    expect(month[1]!.text).toMatch(/^\d+ Jul$/);
    const minute = ticksOf(at('2023-07-01T10:00:00Z'), at('2023-07-01T10:01:00Z'), 10);
    expect(minute.map(({ text }) => text)).toContain('10:00:15');
    expect(minute[0]!.text).toBe('1 Jul 10:00:00');
  });

  it('names the day at midnight among hours', () => {
    const ticks = ticksOf(at('2023-07-01T18:00:00Z'), at('2023-07-02T06:00:00Z'), 6);
    expect(ticks.map(({ text }) => text)).toContain('2 Jul 2023');
  });

  it('says the year again where it changes', () => {
    const days = ticksOf(at('2023-12-30T00:00:00Z'), at('2024-01-03T00:00:00Z'), 8);
    expect(days.map(({ text }) => text)).toContain('1 Jan 2024');
  });
});
