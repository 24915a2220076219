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
