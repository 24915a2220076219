import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DECISIONS, type Decisions } from '../../../src/main/grouping/decisions';
import { formGroups, USUAL } from '../../../src/main/grouping/form-groups';
import { linkFindings } from '../../../src/main/grouping/link-findings';
import { linkable, type Draft } from './linkables';

const pair = (a: string, b: string) => ({ annotation: `${a}-${b}`, a, b });
const groupsOf = (drafts: readonly Draft[], decisions: Partial<Decisions>) => {
  const findings = drafts.map(linkable);
  return formGroups(findings, linkFindings(findings, []), USUAL, { ...NO_DECISIONS, ...decisions })
    .map((group) => group.join(' '))
    .sort();
};

/** Two bursts of one address each, with one finding that names both. */
const bridge: readonly Draft[] = [
  { id: 'a1', hour: 0, address: '203.0.113.5', targets: ['bucket x'] },
  { id: 'a2', hour: 0.1, address: '203.0.113.5', targets: ['bucket x'] },
  { id: 'm', hour: 0.2, address: '203.0.113.5', targets: ['bucket y'] },
  { id: 'b1', hour: 0.3, address: '198.51.100.9', targets: ['bucket y'] },
  { id: 'b2', hour: 0.4, address: '198.51.100.9', targets: ['bucket y'] },
];

describe('what analysts decide', () => {
  it('joins groups that nothing ties', () => {
    const far: readonly Draft[] = [
      { id: 'a', hour: 0, address: '203.0.113.5' },
      { id: 'b', hour: 900, address: '198.51.100.9' },
    ];
    expect(groupsOf(far, {})).toEqual(['a', 'b']);
    expect(groupsOf(far, { together: [pair('a', 'b')] })).toEqual(['a b']);
  });

  it('cuts a group at its weakest place', () => {
    expect(groupsOf(bridge, {})).toEqual(['a1 a2 m b1 b2']);
    const [one, other] = groupsOf(bridge, { apart: [pair('a1', 'b2')] });
    expect([one, other].map((group) => group?.replace(/ ?\bm\b ?/, ' ').trim())).toEqual(['a1 a2', 'b1 b2']);
  });

  it('lets a finding stand alone, unless it is joined', () => {
    expect(groupsOf(bridge, { alone: new Set(['a1']) })).toEqual(['a1', 'a2 m b1 b2']);
    const both = { alone: new Set(['a1', 'm']), together: [pair('a1', 'm')] };
    expect(groupsOf(bridge, both)).toContain('a1 m');
  });

  it('keeps a weak finding from the group it would be closest to', () => {
    const drafts = [...bridge, { id: 'w', hour: 0.1, severity: 1, address: '203.0.113.5' }];
    expect(groupsOf(drafts, {}).join()).toContain(' w');
    expect(groupsOf(drafts, { apart: [pair('a2', 'w')] }).join()).not.toContain('w');
  });

  it('cuts through a chain of joins when nothing else is left', () => {
    const decisions = { together: [pair('a1', 'm'), pair('b1', 'm')], apart: [pair('a1', 'b1')] };
    const groups = groupsOf(bridge, decisions);
    expect(groups.filter((group) => group.includes('a1') && group.includes('b1'))).toEqual([]);
  });

  it('always keeps apart what is to be apart, and loses no finding', () => {
    const ids = bridge.map(({ id }) => id ?? '');
    const two = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)).filter(([a, b]) => a < b);
    fc.assert(
      fc.property(fc.array(two, { maxLength: 4 }), fc.array(two, { maxLength: 4 }), (joins, cuts) => {
        const groups = groupsOf(bridge, {
          together: joins.map(([a, b]) => pair(a, b)),
          apart: cuts.map(([a, b]) => pair(a, b)),
        }).map((group) => group.split(' '));
        expect(groups.flat().sort()).toEqual([...ids].sort());
        for (const [a, b] of cuts)
          expect(groups.some((group) => group.includes(a) && group.includes(b))).toBe(false);
        if (cuts.length === 0)
          for (const [a, b] of joins)
            expect(groups.some((group) => group.includes(a) && group.includes(b))).toBe(true);
      }),
      { seed: 11 },
    );
  });
});
