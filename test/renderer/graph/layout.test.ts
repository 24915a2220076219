import { describe, expect, it } from 'vitest';
import { toGraphml } from '../../../src/renderer/graph/graphml';
import { place, stretched } from '../../../src/renderer/graph/layouts/layout';
import type { DrawnGraph } from '../../../src/renderer/graph/model';
import { nodeTimes } from '../../../src/renderer/graph/node-times';
import { shortestPath } from '../../../src/renderer/graph/path';

function graphOf(edges: readonly (readonly [string, string])[], label = 'a label'): DrawnGraph {
  const keys = [...new Set(edges.flat())];
  return {
    nodes: keys.map((key) => ({
      key,
      kind: key.startsWith('finding:') ? 'finding' : 'entity',
      type: 'role',
      label,
      severity: null,
      events: 1,
      members: [],
    })),
    edges: edges.map(([source, target]) => ({
      key: `${source}>${target}`,
      source,
      target,
      kind: 'involves',
      events: 1,
    })),
  };
}

const CHAIN = graphOf([
  ['finding:1', 'a'],
  ['a', 'b'],
  ['finding:2', 'b'],
]);

describe('flow layout', () => {
  it('stands each node right of all it comes from, and survives a circle', () => {
    const at = place(
      'flow',
      graphOf([
        ['role', 'act'],
        ['key', 'act'],
        ['act', 'bucket'],
        ['key', 'bucket'],
      ]),
      null,
    );
    expect(at.get('act')!.x).toBeGreaterThan(at.get('role')!.x);
    expect(at.get('key')!.x).toBe(at.get('role')!.x);
    expect(at.get('bucket')!.x).toBeGreaterThan(at.get('act')!.x);
    const circle = place(
      'flow',
      graphOf([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ]),
      null,
    );
    expect(new Set([...circle.values()].map(({ x }) => x)).size).toBe(3);
  });

  it('never puts two nodes on one place', () => {
    const star = graphOf(Array.from({ length: 30 }, (_, i) => ['finding:1', `role ${i}`] as const));
    const at = place('flow', star, null);
    expect(new Set([...at.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(31);
  });
});

describe('time layout', () => {
  const times = nodeTimes(
    CHAIN,
    new Map([
      ['finding:1', 1000],
      ['finding:2', 90_000],
    ]),
  );

  it('gives entities the moment of their first finding', () => {
    expect(times.get('a')).toBe(1000);
    expect(times.get('b')).toBe(90_000);
  });

  it('puts what came later further right, types in lanes of their own', () => {
    const at = place('time', CHAIN, null, times);
    expect(at.get('finding:2')!.x).toBeGreaterThan(at.get('finding:1')!.x);
    expect(at.get('b')!.x).toBeGreaterThan(at.get('a')!.x);
    expect(Math.abs(at.get('a')!.y - at.get('finding:1')!.y)).toBeGreaterThan(40);
  });

  it('never puts two nodes on one place', () => {
    const star = graphOf(Array.from({ length: 30 }, (_, i) => ['finding:1', `role ${i}`] as const));
    const at = place('time', star, null, nodeTimes(star, new Map([['finding:1', 5]])));
    expect(new Set([...at.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(31);
  });
});

describe('stretched', () => {
  it('widens a tall picture for a wide canvas within bounds and leaves a wide one', () => {
    const tall = new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 10, y: 30 }],
      ['c', { x: 5, y: 10 }],
    ]);
    expect(stretched(tall, 2).get('b')).toEqual({ x: 24, y: 30 });
    expect(stretched(tall, 0.1).get('b')).toEqual({ x: 10, y: 30 });
  });
});

describe('shortestPath', () => {
  it('follows links both ways and takes the shorter way', () => {
    expect(shortestPath(CHAIN, 'finding:1', 'finding:2')).toEqual(['finding:1', 'a', 'b', 'finding:2']);
    const shortcut = graphOf([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ]);
    expect(shortestPath(shortcut, 'a', 'c')).toEqual(['a', 'c']);
  });

  it('is null between parts that are not linked', () => {
    const apart = graphOf([
      ['a', 'b'],
      ['x', 'y'],
    ]);
    expect(shortestPath(apart, 'a', 'y')).toBeNull();
  });
});

describe('toGraphml', () => {
  it('keeps hostile labels as text', () => {
    const xml = toGraphml(graphOf([['a', 'b']], '<script>"\u0000&'));
    expect(new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')).toBeNull();
    const document = new DOMParser().parseFromString(xml, 'application/xml');
    expect(document.getElementsByTagName('node')).toHaveLength(2);
    expect(document.getElementsByTagName('edge')).toHaveLength(1);
    expect(document.querySelector('node data[key="label"]')?.textContent).toBe('<script>"\ufffd&');
  });
});
