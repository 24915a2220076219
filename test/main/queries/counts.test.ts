import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntityType } from '../../../src/shared/model/entity';
import { seededRandom } from '../../../src/main/grouping/seeded-random';
import { callsOfOriginals, flowsOfOriginals, type CountedCall, type CountedFlow } from './originals';
import { openSampleCase, type SampleCase } from './sample-case';
import { searchAll } from './search-all';

/** What the panels show against a count of the original files that shares no code with the product. */
let sample: SampleCase;
let calls: CountedCall[];
let flows: CountedFlow[];
beforeAll(async () => {
  sample = await openSampleCase();
  calls = callsOfOriginals(join(sample.folder, 'sample'));
  flows = flowsOfOriginals(join(sample.folder, 'sample'));
});
afterAll(() => sample.close());

const random = seededRandom(50);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

interface Counts {
  readonly succeeded: number;
  readonly failed: number;
}
const countOf = (list: readonly CountedCall[]): Counts => ({
  succeeded: list.filter((call) => !call.isFailed).length,
  failed: list.filter((call) => call.isFailed).length,
});

/** A stretch of the case that begins and ends with a record, so that its ends are tested too. */
function anyScope(): { from: string; to: string; holds: (call: CountedCall) => boolean } {
  const [from, to] = [pick(calls).time, pick(calls).time].sort((a, b) => a - b) as [number, number];
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    holds: (call) => call.time >= from && call.time <= to,
  };
}

/** Both hosts of a connection log it: the interface of some addresses is the one that names them most often. */
function interfaceOf(own: readonly string[]): string {
  const named = new Map<string, number>();
  for (const { interfaceId, addresses } of flows)
    if (addresses.some((address) => own.includes(address)))
      named.set(interfaceId, (named.get(interfaceId) ?? 0) + 1);
  return [...named].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

const OWNED: readonly (readonly [EntityType, keyof CountedCall])[] = [
  ['user', 'user'],
  ['role', 'role'],
  ['accessKey', 'key'],
  ['address', 'address'],
];

describe('counts shown', () => {
  it.each(Array.from({ length: 20 }, (_, i) => i))('of an entity in a scope, %i', async () => {
    const [type, field] = pick(OWNED);
    const id = String(
      pick(calls.filter((call) => call[field] !== null && (type !== 'accessKey' || call.user !== null)))[
        field
      ],
    );
    const scope = anyScope();
    const own = calls.filter((call) => call[field] === id && scope.holds(call));
    const { entity, apis } = await sample.call('entity/profile', {
      entity: { type, id },
      scope: { from: scope.from, to: scope.to },
    });
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    // An address may be one of the flow records' too: those are told beside the calls.
    const spoken = type === 'address' && flows.some((flow) => flow.addresses.includes(id));
    if (!spoken) {
      expect({ succeeded: entity.events - entity.failures, failed: entity.failures }).toEqual(countOf(own));
      const { charts } = await sample.call('entity/volume', {
        entity: { type, id },
        scope: { from: scope.from, to: scope.to },
        baselineDays: 365,
      });
      const before = calls.filter((call) => call[field] === id && call.time <= Date.parse(scope.to));
      const called = charts.find((chart) => chart.kind === 'cloudtrail');
      expect({ succeeded: sum(called?.succeeded ?? []), failed: sum(called?.failed ?? []) }).toEqual(
        countOf(before),
      );
    }
    const shown = new Map(apis.map((row) => [row.api, { succeeded: row.succeeded, failed: row.failed }]));
    for (const api of new Set(own.map((call) => call.api)))
      expect([api, shown.get(api)]).toEqual([api, countOf(own.filter((call) => call.api === api))]);
  });

  it.each(Array.from({ length: 10 }, (_, i) => i))('of a line of the timeline, %i', async () => {
    const by = pick(['region', 'account'] as const);
    const scope = anyScope();
    const { lanes } = await sample.call('timeline/lanes', {
      scope: { from: scope.from, to: scope.to },
      by,
      filter: '',
      buckets: 60,
    });
    const { id, total, failures } = pick(lanes);
    const own = countOf(calls.filter((call) => call[by] === id && scope.holds(call)));
    expect([id, total, failures]).toEqual([id, own.succeeded + own.failed, own.failed]);
  });

  it.each(Array.from({ length: 10 }, (_, i) => i))('of the busiest principals in a scope, %i', async () => {
    const scope = anyScope();
    const { totals, principals } = await sample.call('summary/get', {
      scope: { from: scope.from, to: scope.to },
    });
    const all = calls.filter(scope.holds);
    expect([totals.events, totals.failed]).toEqual([all.length, countOf(all).failed]);
    const named = principals.filter(({ type }) => type === 'user' || type === 'role');
    if (named.length === 0) return;
    const { type, id, succeeded, failed } = pick(named);
    expect([id, { succeeded, failed }]).toEqual([
      id,
      countOf(all.filter((call) => (type === 'user' ? call.user : call.role) === id)),
    ]);
  });

  it.each(Array.from({ length: 5 }, (_, i) => i))('of what search finds by an event id, %i', async () => {
    const { total } = await searchAll((request) => sample.call('search/records', request), pick(calls).id);
    expect(total).toBe(1);
  });

  it.each(Array.from({ length: 5 }, (_, i) => i))('of the traffic of an instance, %i', async () => {
    const { instances } = await sample.call('summary/get', { scope: null });
    const { id, accepted, rejected, bytesIn, bytesOut } = pick(instances.filter((row) => row.accepted > 0));
    const profile = await sample.call('entity/profile', { entity: { type: 'instance', id }, scope: null });
    const own = [...new Set(profile.peers.map((peer) => peer.localAddr))];
    const seen = flows.filter((flow) => flow.interfaceId === interfaceOf(own));
    const count = (action: string) => seen.filter((flow) => flow.action === action).length;
    expect([id, accepted, rejected]).toEqual([id, count('ACCEPT'), count('REJECT')]);
    const bytes = (end: 0 | 1) =>
      seen.filter((flow) => own.includes(flow.addresses[end])).reduce((sum, flow) => sum + flow.bytes, 0);
    expect([id, bytesOut, bytesIn]).toEqual([id, bytes(0), bytes(1)]);
  });

  it.each(Array.from({ length: 10 }, (_, i) => i))(
    'of the flow records of an interface in a scope, %i',
    async () => {
      const { interfaceId: id } = pick(flows.filter(({ action }) => action === 'ACCEPT'));
      const [from, to] = [pick(flows).start, pick(flows).start].sort((a, b) => a - b) as [number, number];
      const scope = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      for (const [asked, seen] of [
        [scope, flows.filter((flow) => flow.start >= from && flow.start <= to)],
        [null, flows],
      ] as const) {
        const own = seen.filter((flow) => flow.interfaceId === id && /^(ACCEPT|REJECT)$/.test(flow.action));
        const { entity } = await sample.call('entity/profile', {
          entity: { type: 'instance', id },
          scope: asked,
        });
        expect([id, entity.events, entity.failures]).toEqual([
          id,
          own.length,
          own.filter(({ action }) => action === 'REJECT').length,
        ]);
        if (own.length === 0) continue;
        const times = own.map(({ start }) => start);
        expect([Date.parse(entity.first), Date.parse(entity.last)]).toEqual([
          Math.min(...times),
          Math.max(...times),
        ]);
      }
    },
  );

  it('of the evidence are those of its files', async () => {
    const { sources } = await sample.call('evidence/overview', null);
    const of = (source: string) => sources.find((row) => row.source === source);
    expect(of('cloudtrail')?.unique).toBe(calls.length);
    expect(of('vpc-flow')?.records).toBe(flows.length);
  });
});
