import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BREAKDOWNS, type BrokenLog, type Condition } from '../../../src/shared/contract/breakdown';
import type { EntityRef } from '../../../src/shared/model/entity';
import { composeSample } from '../../../src/sample/index';
import { caseOf, type SampleCase } from './sample-case';

let sample: SampleCase;
const entities: Partial<Record<string, EntityRef>> = {};
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-breakdown-'));
  const { bundle } = await composeSample({
    out: join(folder, 'sample'),
    seed: 5,
    scenario: 'eks-escape',
    events: 3000,
    flows: 4000,
    days: 8,
  });
  sample = await caseOf(folder, bundle, 5);
  const { columns } = await sample.call('sql/run', {
    text: 'SELECT entity_type, arg_max(entity_id, events) FROM entities GROUP BY 1',
    limit: 100,
  });
  for (const [i, type] of (columns[0] ?? []).entries())
    entities[String(type)] = { type: String(type) as EntityRef['type'], id: String(columns[1]?.[i]) };
  const { columns: hosts } = await sample.call('sql/run', {
    text: 'SELECT arg_max(instance_id, n) FROM (SELECT instance_id, count(*) AS n FROM flow_activity GROUP BY 1) WHERE instance_id IS NOT NULL',
    limit: 1,
  });
  entities['instance'] = { type: 'instance', id: String(hosts[0]?.[0]) };
  const { columns: roles } = await sample.call('sql/run', {
    text: 'SELECT arg_max(target_role, n) FROM (SELECT target_role, count(*) AS n FROM calls GROUP BY 1) WHERE target_role IS NOT NULL',
    limit: 1,
  });
  entities['assumed'] = { type: 'role', id: String(roles[0]?.[0]) };
});
afterAll(() => sample.close());

const page = { offset: 0, limit: 1 };
const of = (type: string): EntityRef => {
  const entity = entities[type];
  if (!entity) throw new Error(`the sample has no ${type}`);
  return entity;
};
const ask = (
  entity: EntityRef,
  log: BrokenLog,
  rest: { conditions?: Condition[]; join?: 'and' | 'or' } = {},
) => ({
  ...{ entity, log, scope: null, path: [], conditions: [], join: 'and' as const },
  ...rest,
});

describe('a breakdown', () => {
  it.each([
    ['role', 'cloudtrail'],
    ['user', 'cloudtrail'],
    ['account', 'cloudtrail'],
    ['roleSession', 'cloudtrail'],
    ['accessKey', 'cloudtrail'],
    ['address', 'cloudtrail'],
    ['userAgent', 'cloudtrail'],
    ['bucket', 'cloudtrail'],
    ['function', 'cloudtrail'],
    ['cluster', 'k8s-audit'],
    ['pod', 'k8s-audit'],
    ['image', 'k8s-audit'],
    ['kubernetesSubject', 'k8s-audit'],
    ['instance', 'vpc-flow'],
    ['assumed', 'assumed-by'],
  ] as const)('of %s by every field of %s adds up, and its SQL gives the same', async (type, log) => {
    const asked = ask(of(type), log);
    let whole: number | null = null;
    for (const by of BREAKDOWNS[log]) {
      const answer = await sample.call('breakdown/rows', { ...asked, by });
      const sum = answer.succeeded + answer.failed;
      whole ??= sum;
      expect([by, sum]).toEqual([by, whole]);
      expect(sum).toBeGreaterThan(0);
      if (answer.total === answer.rows.length)
        expect(answer.rows.reduce((n, row) => n + row.succeeded + row.failed, 0)).toBe(sum);
      const shown = await sample.call('sql/run', { text: answer.sql, limit: 1000 });
      for (const name of ['value', 'succeeded', 'failed'] as const)
        expect(shown.columns[shown.names.indexOf(name)]).toEqual(answer.rows.map((row) => row[name]));
      if (log === 'vpc-flow') continue;
      for (const row of answer.rows.slice(0, 3))
        for (const failed of [false, true]) {
          const path = [{ field: by, value: row.value }];
          const { total } = await sample.call('breakdown/records', { ...asked, path, failed, page });
          expect([by, row.value, total]).toEqual([by, row.value, failed ? row.failed : row.succeeded]);
        }
    }
  });

  it('opened value by value ends at the same records', async () => {
    const asked = ask(of('cluster'), 'k8s-audit');
    const subjects = await sample.call('breakdown/rows', { ...asked, by: 'subject' });
    const subject = subjects.rows[0]!;
    const path = [{ field: 'subject', value: subject.value }];
    const verbs = await sample.call('breakdown/rows', { ...asked, path, by: 'verb' });
    expect([verbs.succeeded, verbs.failed]).toEqual([subject.succeeded, subject.failed]);
  });

  it('joins its conditions by AND or OR, upper and lower case alike', async () => {
    const entity = of('account');
    const conditions: Condition[] = [
      { field: 'api', operator: 'contains', value: 'GET' },
      { field: 'service', operator: 'contains', value: 's3' },
    ];
    const count = async (c: Condition[], join: 'and' | 'or') => {
      const { succeeded, failed } = await sample.call('breakdown/rows', {
        ...ask(entity, 'cloudtrail', { conditions: c, join }),
        by: 'api',
      });
      return succeeded + failed;
    };
    const [get, s3] = [await count(conditions.slice(0, 1), 'and'), await count(conditions.slice(1), 'and')];
    const both = await count(conditions, 'and');
    expect(await count(conditions, 'or')).toBe(get + s3 - both);
    expect(both).toBeGreaterThan(0);
    const whole = await count([], 'and');
    expect(await count([{ ...conditions[0]!, operator: 'not-contains' }], 'and')).toBe(whole - get);
  });

  it('knows networks, public and private addresses', async () => {
    const entity = of('instance');
    const rows = async (value: string, operator: Condition['operator'] = 'in') =>
      (
        await sample.call('breakdown/rows', {
          ...ask(entity, 'vpc-flow', { conditions: [{ field: 'peer', operator, value }] }),
          by: 'peer',
        })
      ).rows.map((row) => row.value ?? '');
    const [inside, outside, all] = [await rows('private'), await rows('public'), await rows('0.0.0.0/0')];
    expect(inside.every((peer) => /^(10|172|192|169|100|127)\./.test(peer))).toBe(true);
    expect([...inside, ...outside].sort()).toEqual([...all].sort());
    const [some] = outside;
    expect(await rows(`${some}/32`)).toEqual([some]);
    expect(await rows(`${some}/32`, 'not-in')).not.toContain(some);
  });

  it('refuses fields and networks that are none', async () => {
    const asked = ask(of('account'), 'cloudtrail');
    await expect(sample.call('breakdown/rows', { ...asked, by: 'verb' })).rejects.toMatchObject({
      code: 'condition.unknown',
    });
    await expect(
      sample.call('breakdown/rows', {
        ...asked,
        by: 'api',
        conditions: [{ field: 'address', operator: 'in', value: '10.0.0.0/99' }],
      }),
    ).rejects.toMatchObject({ code: 'condition.unknown' });
  });
});
