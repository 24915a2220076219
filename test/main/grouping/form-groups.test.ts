import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '../../../src/main/grouping/decisions';
import { formGroups } from '../../../src/main/grouping/form-groups';
import { linkFindings } from '../../../src/main/grouping/link-findings';
import type { LineageLink, Linkable } from '../../../src/main/grouping/linkable';
import type { HandStanding } from '../../../src/shared/model/hand';
import { stability } from '../../../src/main/grouping/stability';
import { linkable, type Draft } from './linkables';

const groupsOf = (drafts: readonly Draft[], lineage: readonly LineageLink[] = []) => {
  const findings = drafts.map(linkable);
  return formGroups(findings, linkFindings(findings, lineage)).map((group) => group.join(' '));
};

const role = 'arn:aws:iam::111122223333:role/web';
const thief = {
  root: 'instance:i-1',
  net: '198.51.100.0/24',
  standing: 'novel',
  principal: role,
  instance: 'i-1',
  address: '198.51.100.7',
} as const;
const owner = {
  root: 'instance:i-1',
  net: '10.0.0.0/24',
  standing: 'home',
  principal: role,
  instance: 'i-1',
  address: '10.0.0.9',
} as const;

describe('formGroups', () => {
  it('keeps what an intruder does over hours together, however many findings it makes', () => {
    const drafts = Array.from({ length: 120 }, (_, i) => ({
      id: `f${String(i).padStart(3, '0')}`,
      hour: i / 4,
      ...thief,
    }));
    expect(groupsOf(drafts)).toHaveLength(1);
  });

  it('keeps the owner of a stolen credential apart from its thief', () => {
    const groups = groupsOf([
      { id: 'a', hour: 0, ...owner },
      { id: 'b', hour: 1, ...thief },
      { id: 'c', hour: 2, ...owner },
      { id: 'd', hour: 3, ...thief },
    ]);
    expect(groups.sort()).toEqual(['a c', 'b d']);
  });

  it('joins an attack on a host with what the host role then does from a new network, not with its usual work', () => {
    const groups = groupsOf([
      { id: 'guessing', hour: 0, severity: 3, address: '203.0.113.5', targets: ['instance i-1'] },
      { id: 'stolen', hour: 1.5, ...thief },
      { id: 'work', hour: 1.6, ...owner },
      { id: 'elsewhere', hour: 1, severity: 2, address: '203.0.113.80', targets: ['instance i-2'] },
    ]);
    expect(groups.sort()).toEqual(['elsewhere', 'guessing stolen', 'work']);
  });

  it('joins a command to a host with what a new tool then does on it, not with what its usual tool does', () => {
    const command = {
      id: 'command',
      hour: 0,
      root: 'AKIA1',
      net: '198.51.100.0/24',
      standing: 'novel',
    } as const;
    const lineage = [
      { a: 'command', b: 'strange', kind: 'controls', child: 'i-1' },
      { a: 'command', b: 'usual', kind: 'controls', child: 'i-1' },
    ];
    const groups = (newTool: boolean) =>
      groupsOf(
        [
          { ...command, targets: ['instance i-1'] },
          { id: newTool ? 'strange' : 'usual', hour: 1, ...owner, newTool },
        ],
        lineage,
      ).sort();
    expect(groups(true)).toEqual(['command strange']);
    expect(groups(false)).toEqual(['command', 'usual']);
  });

  it('does not take every user that failed to sign in for one that was broken into', () => {
    const users = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `user arn:aws:iam::111122223333:user/${name}`);
    const spray = { id: 'spray', hour: 0, root: 'x', net: '198.51.100.0/24', standing: 'novel' } as const;
    const work = { id: 'work', hour: 1, root: 'AKIAB', net: '203.0.113.0/24', standing: 'unsure' } as const;
    const principal = 'arn:aws:iam::111122223333:user/b';
    expect(
      groupsOf([
        { ...spray, targets: users },
        { ...work, principal },
      ]).sort(),
    ).toEqual(['spray', 'work']);
  });

  it('follows a role chain by lineage into another account and another network', () => {
    const chain: LineageLink[] = [{ a: 'assume', b: 'there', kind: 'issued', child: 'ASIA2' }];
    const groups = groupsOf(
      [
        { id: 'assume', hour: 0, root: 'AKIA1', net: '198.51.100.0/24', standing: 'novel', session: 'AKIA1' },
        { id: 'there', hour: 2, root: 'ASIA2', net: '203.0.113.0/24', standing: 'novel', session: 'ASIA2' },
      ],
      chain,
    );
    expect(groups).toEqual(['assume there']);
  });

  it('does not join the people of an office behind one address', () => {
    const person = (n: number): Draft => ({
      id: `p${n}`,
      hour: n,
      root: `AKIA${n}`,
      net: '192.0.2.0/24',
      standing: 'home',
      netRoots: 12,
      address: '192.0.2.1',
      principal: `arn:aws:iam::1:user/u${n}`,
    });
    expect(groupsOf([person(0), person(1), person(2), person(3)])).toHaveLength(4);
  });

  it('does not join two hands by a common target alone', () => {
    const groups = groupsOf([
      {
        id: 'admin',
        hour: 0,
        root: 'AKIA1',
        net: '192.0.2.0/24',
        standing: 'home',
        targets: ['bucket logs'],
      },
      {
        id: 'other',
        hour: 1,
        root: 'AKIA2',
        net: '198.51.100.0/24',
        standing: 'novel',
        targets: ['bucket logs'],
      },
    ]);
    expect(groups).toHaveLength(2);
  });

  it('lets weak findings join a group but never join two', () => {
    const weak: Draft = {
      id: 'weak',
      hour: 1,
      severity: 0,
      kind: 'baseline',
      session: 'ASIA1',
      root: 'AKIA1',
      net: '192.0.2.0/24',
    };
    const groups = groupsOf([
      { id: 'a', hour: 0, session: 'ASIA1', root: 'AKIA1', net: '192.0.2.0/24' },
      { ...weak, address: '198.51.100.9' },
      { id: 'b', hour: 40, address: '198.51.100.9' },
    ]);
    expect(groups.sort()).toEqual(['a weak', 'b']);
  });

  it('gives the same groups whatever the order of the findings', () => {
    const draft = fc.record({
      hour: fc.integer({ min: 0, max: 300 }),
      key: fc.integer({ min: 0, max: 4 }),
      net: fc.integer({ min: 0, max: 2 }),
      standing: fc.constantFrom<HandStanding>('home', 'novel', 'unsure'),
    });
    fc.assert(
      fc.property(fc.array(draft, { minLength: 2, maxLength: 30 }), (rows) => {
        const all = rows.map((r, i) =>
          linkable({
            id: `f${i}`,
            hour: r.hour,
            root: `k${r.key}`,
            net: `n${r.net}`,
            standing: r.standing,
            session: `k${r.key}`,
          }),
        );
        const groups = (list: Linkable[]) =>
          formGroups(list, linkFindings(list, []))
            .map((g) => g.join())
            .sort();
        expect(groups([...all].reverse())).toEqual(groups(all));
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

describe('linkFindings', () => {
  it('lets time loosen a bond and says why it holds', () => {
    const [near] = linkFindings(
      [linkable({ id: 'a', hour: 0, session: 'AKIA1' }), linkable({ id: 'b', hour: 1, session: 'AKIA1' })],
      [],
    );
    const far = linkFindings(
      [linkable({ id: 'a', hour: 0, session: 'AKIA1' }), linkable({ id: 'b', hour: 400, session: 'AKIA1' })],
      [],
    );
    expect(near?.reasons).toMatchObject([{ type: 'accessKey', id: 'AKIA1', gapSeconds: 3600 }]);
    expect(near!.weight).toBeGreaterThan(0.5);
    expect(far[0]?.weight ?? 0).toBeLessThan(0.05);
  });

  it('never weighs more than 1', () => {
    const both = {
      root: 'AKIA1',
      net: 'n',
      standing: 'novel',
      session: 's',
      principal: 'arn:aws:iam::1:user/x',
      address: '1.2.3.4',
      targets: ['bucket b'],
    } as const;
    const [link] = linkFindings(
      [linkable({ id: 'a', hour: 0, ...both }), linkable({ id: 'b', hour: 0, ...both })],
      [],
    );
    expect(link!.weight).toBeLessThanOrEqual(1);
    expect(link!.weight).toBeGreaterThan(0.95);
  });
});

describe('stability', () => {
  it('calls a tight group stable', () => {
    const findings = [0, 1, 2].map((hour) => linkable({ id: `f${hour}`, hour, ...thief }));
    const links = linkFindings(findings, []);
    expect(stability(formGroups(findings, links), findings, links, NO_DECISIONS)).toEqual([1]);
  });
});
