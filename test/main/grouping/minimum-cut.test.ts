import fc from 'fast-check';
import { expect, it } from 'vitest';
import { minimumCut } from '../../../src/main/grouping/minimum-cut';

const NODES = ['s', 'a', 'b', 'c', 't'];
const edges = fc
  .array(fc.tuple(fc.constantFrom(...NODES), fc.constantFrom(...NODES), fc.integer({ min: 1, max: 9 })), {
    maxLength: 12,
  })
  .map((all) => all.filter(([a, b]) => a !== b).map(([a, b, weight]) => ({ a, b, weight })));

function weightBetween(
  all: readonly { a: string; b: string; weight: number }[],
  side: ReadonlySet<string>,
): number {
  return all.reduce((sum, e) => (side.has(e.a) === side.has(e.b) ? sum : sum + e.weight), 0);
}

it('is the lightest of all cuts', () => {
  fc.assert(
    fc.property(edges, (all) => {
      const side = minimumCut(all, 's', 't');
      expect(side.has('s')).toBe(true);
      expect(side.has('t')).toBe(false);
      const every = Array.from(
        { length: 8 },
        (_, bits) => new Set(['s', ...['a', 'b', 'c'].filter((__, i) => (bits >> i) & 1)]),
      );
      expect(weightBetween(all, side)).toBe(Math.min(...every.map((other) => weightBetween(all, other))));
    }),
    { seed: 5 },
  );
});
