import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { GraphState } from '../../../src/renderer/graph/graph.svelte';
import type { GraphData, GraphNode } from '../../../src/shared/model/graph';

function node(key: string, label: string): GraphNode {
  return { key, kind: 'entity', type: 'role', label, severity: null, events: 1 };
}

const DATA: GraphData = {
  nodes: [
    node('entity:role:arn:aws:iam::111122223333:role/audit', 'audit'),
    node('entity:role:arn:aws:iam::111122223333:role/audit-reader', 'audit-reader'),
    node('entity:account:111122223333', '111122223333'),
  ],
  edges: [],
};

function withGraph(test: (graph: GraphState) => void): void {
  const end = $effect.root(() => {
    const graph = new GraphState(() => DATA);
    flushSync();
    test(graph);
  });
  end();
}

describe('GraphState', () => {
  it('finds the exact label before labels and ids that only hold the text', () => {
    withGraph((graph) => {
      graph.searchText = '111122223333';
      expect([...(graph.found ?? [])][0]).toBe('entity:account:111122223333');
      expect(graph.found?.size).toBe(3);
    });
  });

  it('walks on to the next match and around', () => {
    withGraph((graph) => {
      graph.searchText = 'audit';
      expect(graph.selectNextFound()).toBe(DATA.nodes[0]!.key);
      expect(graph.selectNextFound()).toBe(DATA.nodes[1]!.key);
      expect(graph.selectNextFound()).toBe(DATA.nodes[0]!.key);
    });
  });

  it('adds neighbours once, takes them back and brings hidden ones back', () => {
    withGraph((graph) => {
      const more: GraphData = { nodes: [node('entity:role:x', 'x')], edges: [] };
      expect(graph.add(more)).toBe(true);
      expect(graph.drawn.nodes).toHaveLength(4);
      expect(graph.add(more)).toBe(false);
      graph.undo();
      expect(graph.drawn.nodes).toHaveLength(3);
      graph.hide([DATA.nodes[2]!.key]);
      expect(graph.hiddenCount).toBe(1);
      expect(graph.add({ nodes: [DATA.nodes[2]!], edges: [] })).toBe(true);
      expect(graph.hiddenCount).toBe(0);
    });
  });
});

describe('groups of the investigator', () => {
  const [first, second, third] = DATA.nodes;

  it('stand for their members until they are shown apart, and are undone like all else', () => {
    withGraph((graph) => {
      graph.group([first!.key, second!.key]);
      expect(graph.drawn.nodes.map(({ members }) => members.length)).toEqual([0, 2]);
      const [key] = graph.selected;
      expect(graph.nodes.get(key!)?.label).toBe('audit + 1 grouped');
      expect(graph.nodes.get(key!)?.type).toBe('role');
      graph.undo();
      expect(graph.drawn.nodes).toHaveLength(3);
      expect(graph.selected.size).toBe(0);
      graph.redo();
      graph.openGroup(key!);
      expect(graph.drawn.nodes).toHaveLength(3);
    });
  });

  it('take in groups that are among the selected, and hide as a whole', () => {
    withGraph((graph) => {
      graph.group([first!.key, second!.key]);
      graph.group([...graph.selected, third!.key]);
      expect(graph.drawn.nodes.map(({ members }) => members.length)).toEqual([3]);
      graph.hide(graph.selected);
      expect(graph.drawn.nodes).toEqual([]);
      expect(graph.hiddenCount).toBe(3);
    });
  });
});

describe('a node inside of groups', () => {
  it('is shown and selected when it is asked for', () => {
    const buckets = Array.from({ length: 300 }, (_, i) => ({
      ...node(`entity:bucket:b${i}`, `b${i}`),
      type: 'bucket',
    }));
    const edges = buckets.map(({ key }) => ({
      key,
      source: DATA.nodes[0]!.key,
      target: key,
      kind: 'acted on',
      events: 1,
    }));
    const end = $effect.root(() => {
      const graph = new GraphState(() => ({ nodes: [...DATA.nodes, ...buckets], edges }));
      flushSync();
      expect(graph.drawn.nodes).toHaveLength(4);
      const last = [...graph.drawn.owner].find(([key]) => key === 'entity:bucket:b299')!;
      expect(graph.nodes.get(last[1])?.members).toHaveLength(300);
      graph.reveal('entity:bucket:b299');
      expect(graph.nodes.has('entity:bucket:b299')).toBe(true);
      expect([...graph.selected]).toEqual(['entity:bucket:b299']);
      graph.undo();
      expect(graph.drawn.nodes).toHaveLength(4);
    });
    end();
  });
});

describe('pins', () => {
  it('are set for all of the selected, and let go when all are pinned', () => {
    withGraph((graph) => {
      const keys = DATA.nodes.map(({ key }) => key);
      graph.pin(keys.slice(0, 1));
      graph.pin(keys);
      expect(graph.pinned.size).toBe(3);
      graph.pin(keys);
      expect(graph.pinned.size).toBe(0);
    });
  });
});

describe('play-back', () => {
  it('veils what the moment has not brought and findings that are too light', () => {
    const finding: GraphNode = { ...node('finding:1', 'late'), kind: 'finding', severity: 'low' };
    const data: GraphData = { nodes: [...DATA.nodes, finding], edges: [] };
    const [first, second] = DATA.nodes;
    const times = new Map([
      [first!.key, 10],
      [second!.key, 20],
      ['finding:1', 10],
    ]);
    const end = $effect.root(() => {
      const graph = new GraphState(
        () => data,
        undefined,
        () => times,
      );
      flushSync();
      expect(graph.veiled.size).toBe(0);
      graph.played = { moment: 10, leastSeverity: 'informational' };
      expect([...graph.veiled]).toEqual([second!.key, DATA.nodes[2]!.key]);
      graph.played = { moment: 10, leastSeverity: 'medium' };
      expect(graph.veiled.has('finding:1')).toBe(true);
    });
    end();
  });
});
