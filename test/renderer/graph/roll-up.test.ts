import { describe, expect, it } from 'vitest';
import { cut } from '../../../src/renderer/graph/roll-up/cut';
import type { Item } from '../../../src/renderer/graph/roll-up/item';
import { rollUp } from '../../../src/renderer/graph/roll-up/roll-up';
import type { GraphData, GraphNode } from '../../../src/shared/model/graph';

const NONE = { groups: [], apart: new Set<string>() };
const ROOMY = { whole: { nodes: 500, edges: 2000 }, rolledUp: { nodes: 40, edges: 60 } };

function finding(i: number, title: string, severity: GraphNode['severity'] = 'low'): GraphNode {
  return {
    key: `finding:${i}`,
    kind: 'finding',
    type: 'finding',
    label: title,
    severity,
    events: 1 + (i % 7),
  };
}

function entity(type: string, id: string, events = 1): GraphNode {
  return { key: `entity:${type}:${id}`, kind: 'entity', type, label: id, severity: null, events };
}

/** Findings of 20 titles by 30 roles, each about one of many buckets: nothing is exactly alike. */
function large(findings: number): GraphData {
  const roles = Array.from({ length: 30 }, (_, i) => entity('role', `role-${i}`, 100 + i));
  const buckets = Array.from({ length: findings / 2 }, (_, i) => entity('bucket', `data-${i}`));
  const made = Array.from({ length: findings }, (_, i) =>
    finding(i, `title ${i % 20}`, i === 3 ? 'critical' : 'low'),
  );
  const edges = made.flatMap(({ key }, i) => [
    { key: `did ${i}`, source: roles[(i * 7) % 30]!.key, target: key, kind: 'did', events: 1 },
    {
      key: `on ${i}`,
      source: key,
      target: buckets[(i * 13) % buckets.length]!.key,
      kind: 'acted on',
      events: 1 + (i % 3),
    },
  ]);
  return { nodes: [...made, ...roles, ...buckets], edges };
}

function leaves(items: readonly Item[]): string[] {
  return items.flatMap((item) => (item.children.length > 0 ? leaves(item.children) : [item.node.key]));
}

function openAll(items: readonly Item[]): string[] {
  return items.flatMap(({ node, children }) => (children.length > 0 ? [node.key, ...openAll(children)] : []));
}

describe('roll-up', () => {
  it('joins four exactly alike nodes, and not three, however much room there is', () => {
    const data = (alike: number): GraphData => ({
      nodes: [entity('role', 'r'), ...Array.from({ length: alike }, (_, i) => entity('bucket', `b${i}`, i))],
      edges: Array.from({ length: alike }, (_, i) => ({
        key: `${i}`,
        source: 'entity:role:r',
        target: `entity:bucket:b${i}`,
        kind: 'acted on',
        events: 1,
      })),
    });
    expect(rollUp(data(3), NONE, ROOMY).items.map(({ node }) => node.label)).toEqual(['r', 'b0', 'b1', 'b2']);
    const { items } = rollUp(data(4), NONE, ROOMY);
    expect(items.map(({ node }) => node.label)).toEqual(['r', 'b3 + 3 alike']);
    expect(items[1]!.node.events).toBe(6);
  });

  it('brings a large graph within its budget and loses no node', () => {
    const data = large(1000);
    const { items, mostEdges } = rollUp(data, NONE, ROOMY);
    expect(items.length).toBeLessThanOrEqual(40);
    expect(items.length).toBeGreaterThan(20);
    expect(mostEdges).toBe(60);
    expect(leaves(items).sort()).toEqual(data.nodes.map(({ key }) => key).sort());
    for (const { node, children } of items.filter((item) => item.children.length > 0))
      expect(node.members).toEqual(leaves(children).sort());
  });

  it('leaves a graph within the budget as it is', () => {
    const data = large(200);
    expect(rollUp(data, NONE, ROOMY).items).toHaveLength(data.nodes.length);
  });

  it('gives the same groups for the same data', () => {
    const keys = (): string[] => rollUp(large(1000), NONE, ROOMY).items.map(({ node }) => node.key);
    expect(keys()).toEqual(keys());
  });

  it('never gives two groups one key, so that each opens by itself', () => {
    const keys = openAll(rollUp(large(1000), NONE, ROOMY).items);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('opens a large group page by page', () => {
    const data: GraphData = {
      nodes: [entity('role', 'r'), ...Array.from({ length: 400 }, (_, i) => entity('bucket', `b${i}`, i))],
      edges: Array.from({ length: 400 }, (_, i) => ({
        key: `${i}`,
        source: 'entity:role:r',
        target: `entity:bucket:b${i}`,
        kind: 'acted on',
        events: 1,
      })),
    };
    const [, group] = rollUp(data, NONE, ROOMY).items;
    expect(group!.children).toHaveLength(120);
    expect(group!.children.at(-1)!.node.label).toBe('b280 + 280 more');
    expect(group!.children[0]!.node.label).toBe('b399');
  });

  it('keeps apart what the investigator added', () => {
    const key = 'entity:bucket:data-17';
    const { items } = rollUp(large(1000), { groups: [], apart: new Set([key]) }, ROOMY);
    expect(items.some(({ node }) => node.key === key)).toBe(true);
  });

  it('shows the gravest finding in a group of the gravest severity', () => {
    const { items } = rollUp(large(1000), NONE, ROOMY);
    const holding = items.find(({ node }) => node.key === 'finding:3' || node.members.includes('finding:3'));
    expect(holding!.node.severity).toBe('critical');
  });
});

describe('cut', () => {
  it('tells of every node what stands for it, and counts links that are not drawn', () => {
    const data = large(1000);
    const { items } = rollUp(data, NONE, ROOMY);
    const { nodes, owner, edges, faint } = cut(items, data.edges, new Set(), 25);
    const drawn = new Set(nodes.map(({ key }) => key));
    expect([...owner.keys()].sort()).toEqual(data.nodes.map(({ key }) => key).sort());
    expect([...owner.values()].every((key) => drawn.has(key))).toBe(true);
    expect(faint.length).toBeGreaterThan(0);
    const ends = (list: typeof edges): Set<string> =>
      new Set(list.flatMap(({ source, target }) => [source, target]));
    // A node without any drawn link would look as if it had none.
    expect(ends(edges)).toEqual(ends([...edges, ...faint]));
    const records = (list: readonly { events: number }[]): number =>
      list.reduce((sum, { events }) => sum + events, 0);
    const inside = data.edges.filter(({ source, target }) => owner.get(source) === owner.get(target));
    expect(records(edges) + records(faint) + records(inside)).toBe(records(data.edges));
  });

  it('shows what is in an opened group in its place', () => {
    const data = large(1000);
    const { items } = rollUp(data, NONE, ROOMY);
    const group = items.find(({ children }) => children.length > 0)!;
    const { nodes } = cut(items, data.edges, new Set([group.node.key]), 60);
    expect(nodes).toHaveLength(items.length - 1 + group.children.length);
    const all = cut(items, data.edges, new Set(openAll(items)), 1e9);
    expect(all.nodes).toHaveLength(data.nodes.length);
    expect(all.faint).toEqual([]);
  });
});
