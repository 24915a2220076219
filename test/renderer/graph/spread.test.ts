import { describe, expect, it } from 'vitest';
import { spread } from '../../../src/renderer/graph/layouts/spread';

const CANVAS = { width: 1000, height: 500 };

describe('spread', () => {
  it('parts nodes that lie on each other and leaves lone ones', () => {
    const at = spread(
      new Map([
        ['a', { x: 0, y: 0 }],
        ['b', { x: 0, y: 0 }],
        ['c', { x: 1000, y: 500 }],
      ]),
      CANVAS,
    );
    const [a, b] = [at.get('a')!, at.get('b')!];
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(35);
    expect(at.get('c')).toEqual({ x: 1000, y: 500 });
  });

  it('gives the same picture each time', () => {
    const heap = new Map(Array.from({ length: 60 }, (_, i) => [`n${i}`, { x: i % 3, y: i % 2 }]));
    expect(spread(heap, CANVAS)).toEqual(spread(heap, CANVAS));
  });
});
