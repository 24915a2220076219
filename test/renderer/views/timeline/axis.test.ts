import { describe, expect, it } from 'vitest';
import { brushed, lensed } from '../../../../src/renderer/views/timeline/axis';

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
