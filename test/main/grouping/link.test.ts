import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { components } from '../../../src/main/grouping/components';
import { linkFindings, type Linkable } from '../../../src/main/grouping/link';

const finding = (id: string, hour: number, entities: string[], net: string | null = null): Linkable => ({ id, hour, severity: 2, net, principal: null, entities });

describe('linkFindings', () => {
  it('binds two findings of one credential and lets time loosen the bond', () => {
    const [near] = linkFindings([finding('a', 0, ['k:AKIA1']), finding('b', 1, ['k:AKIA1'])]);
    const [far] = linkFindings([finding('a', 0, ['k:AKIA1']), finding('b', 400, ['k:AKIA1'])]);
    expect(near!.weight).toBeGreaterThan(0.8);
    expect(far?.weight ?? 0).toBeLessThan(0.05);
  });

  it('distrusts one credential on two networks', () => {
    const [link] = linkFindings([finding('a', 0, ['k:AKIA1'], '10.0.0'), finding('b', 1, ['k:AKIA1'], '45.1.1')]);
    expect(link!.weight).toBeLessThan(0.5);
  });

  it('does not depend on the order of its input', () => {
    const some = fc.array(fc.record({ hour: fc.integer({ min: 0, max: 300 }), key: fc.integer({ min: 0, max: 4 }) }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(some, (rows) => {
        const all = rows.map((r, i) => finding(`f${i}`, r.hour, [`k:${r.key}`]));
        const groups = (list: Linkable[]) =>
          components(list.map((f) => f.id), linkFindings(list), 0.3).map((g) => [...g].sort().join()).sort();
        expect(groups([...all].reverse())).toEqual(groups(all));
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
