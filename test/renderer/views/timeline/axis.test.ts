import { describe, expect, it } from 'vitest';
import { brushed, lensed, ticksOf } from '../../../../src/renderer/views/timeline/axis';

const DAY = 86_400_000;
const at = (text: string) => Date.parse(text);

describe('ticksOf', () => {
  it('says days for a month and seconds for a minute', () => {
    const month = ticksOf(at('2023-07-01T00:00:00Z'), at('2023-07-31T00:00:00Z'), 10);
    expect(month.length).toBeLessThanOrEqual(11);
    expect(month.every(({ at: ms }) => ms % DAY === 0)).toBe(true);
    expect(month[0]!.text).toMatch(/^07-\d\d$/);
    const minute = ticksOf(at('2023-07-01T10:00:00Z'), at('2023-07-01T10:01:00Z'), 10);
    expect(minute.map(({ text }) => text)).toContain('10:00:15');
  });

  it('names the day at midnight among hours', () => {
    const ticks = ticksOf(at('2023-07-01T18:00:00Z'), at('2023-07-02T06:00:00Z'), 6);
    expect(ticks.map(({ text }) => text)).toContain('07-02');
  });
});

describe('lensed', () => {
  const range = { from: '2023-07-10T00:00:00.000000Z', to: '2023-07-10T10:00:00.000000Z' };

  it('zooms in on the middle and out again', () => {
    const inside = lensed(range, 0.5, 0);
    expect(inside).toEqual({ from: '2023-07-10T02:30:00.000000Z', to: '2023-07-10T07:30:00.000000Z' });
    expect(lensed(inside, 2, 0)).toEqual(range);
  });

  it('moves by half of what is seen', () => {
    expect(lensed(range, 1, 0.5).from).toBe('2023-07-10T05:00:00.000000Z');
  });
});

describe('brushed', () => {
  it('gives a range in order however it was drawn, never an empty one', () => {
    expect(brushed(2000, 1000)).toEqual({
      from: '1970-01-01T00:00:01.000000Z',
      to: '1970-01-01T00:00:02.000000Z',
    });
    const point = brushed(5, 5);
    expect(point.to > point.from).toBe(true);
  });
});
