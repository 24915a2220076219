import { describe, expect, test } from 'vitest';
import type { Told } from '../../../src/main/investigation/told';
import { judge } from '../../../src/main/investigation/verdict';

function told(ruleId: string, fields: Partial<Told>): Told {
  return {
    id: ruleId,
    ruleId,
    title: ruleId,
    description: '',
    tactic: 'impact',
    severity: 'high',
    provider: 'coldtrail',
    kind: 'sigma',
    standing: 'home',
    first: '2025-03-03T10:00:00.000000Z',
    last: '2025-03-03T10:00:00.000000Z',
    count: 3,
    fresh: 1,
    alarm: null,
    remediation: [],
    places: [],
    ...fields,
  };
}

const cleanUp = [
  told('database', {}),
  told('snapshots', {}),
  told('protection', { tactic: 'defense-impairment', severity: 'medium' }),
];

describe('what the owner does at home', () => {
  test('a clean-up is no incident', () => {
    expect(judge(cleanUp).severity).toBeNull();
  });

  test.each([
    ['beside taking data', { tactic: 'exfiltration', severity: 'medium' }],
    ['beside blinding the trail', { tactic: 'stealth', severity: 'high' }],
  ] as const)('the same %s is one, of medium at most', (_, fields) => {
    expect(judge([...cleanUp, told('grave', fields)]).severity).toBe('medium');
  });

  test('and by a hand on a new network it is grave', () => {
    expect(judge(cleanUp.map((f) => ({ ...f, standing: 'novel' as const }))).severity).toBe('high');
  });
});

describe('what is counted once', () => {
  const novel = { standing: 'novel', count: 1 } as const;

  test('a rule about records that a graver one tells adds nothing', () => {
    const alone = judge([told('whole', { ...novel, tactic: 'persistence' })]);
    const both = judge([
      told('whole', { ...novel, tactic: 'persistence' }),
      told('part', { ...novel, tactic: 'privilege-escalation', fresh: 0 }),
    ]);
    expect(both).toEqual(alone);
  });

  test('rules of one tactic say less than rules of as many', () => {
    const of = (tactics: readonly string[]) =>
      judge(tactics.map((tactic, i) => told(`rule ${i}`, { ...novel, tactic }))).score;
    expect(of(['impact', 'impact', 'impact'])).toBeLessThan(of(['persistence', 'collection', 'impact']));
  });

  test("a provider's alarm counts when a rule tells it", () => {
    const alarmed = told('takes', { tactic: 'exfiltration', severity: 'critical', alarm: 3 });
    const cleared = { ...alarmed, alarm: null };
    const more = ['a', 'b', 'c'].map((id) =>
      told(id, { tactic: id, severity: 'critical', standing: 'home', count: 99 }),
    );
    const rank = (findings: Told[]) => judge(findings).score;
    expect(rank([alarmed, ...more])).toBeGreaterThan(rank([cleared, ...more]));
  });
});
