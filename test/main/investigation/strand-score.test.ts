import { describe, expect, test } from 'vitest';
import { chooseEntry, type Strand } from '../../../src/main/investigation/strand-score';

function strand(name: string, fields: Partial<Strand>): Strand {
  const time = '2025-03-03T10:00:00.000000Z';
  return {
    incident_id: 'inc-1',
    strand: name,
    w: 10,
    tactics: 1,
    worst: 7,
    first_finding: time,
    root: name,
    source_net: '198.51.100.0/24',
    ua_family: 'aws-cli linux',
    principal: name,
    source_ip: '198.51.100.9',
    instance_id: null,
    ip_class: 'public',
    first_time: time,
    last_time: time,
    events: 5,
    failures: 0,
    first_name: 'DescribeInstances',
    first_type: 'IAMUser',
    first_mfa: false,
    begin_time: time,
    benign_days: 0,
    net_days: 1,
    net_first: time,
    later_network: true,
    standing: 'novel',
    unusual_hours: false,
    hostile_from: null,
    hostile_to: null,
    ...fields,
  };
}

const EARLIER = '2025-03-03T08:00:00.000000Z';
/** What drew attention: three times the weight of what began it. */
const loud = strand('function', { tactics: 3, w: 20 });
const chosenOf = (...strands: Strand[]) => chooseEntry(strands)?.chosen.strand;

describe('the entry is the earliest strong strand', () => {
  test('a weak earlier one elsewhere is not it', () => {
    const weak = strand('user', {
      w: 3,
      begin_time: EARLIER,
      source_net: '203.0.113.0/24',
      source_ip: '203.0.113.7',
    });
    expect(chosenOf(weak, loud)).toBe('function');
  });

  test('but another credential from the same new address is', () => {
    expect(chosenOf(strand('user', { w: 12, begin_time: EARLIER, standing: 'unsure' }), loud)).toBe('user');
  });

  test.each([
    ['whose network is its own', { standing: 'home' }],
    ['that was there on earlier days', { benign_days: 1 }],
    ['from a neighbouring address', { source_ip: '198.51.100.10' }],
  ] as const)('not one %s', (_, fields) => {
    const weak = strand('user', { w: 12, begin_time: EARLIER, ...fields });
    expect(chosenOf(weak, loud)).toBe('function');
  });

  test('nothing that weighs is no entry', () => {
    expect(chooseEntry([strand('user', { w: 0 })])).toBeNull();
  });
});
