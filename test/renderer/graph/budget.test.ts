import { describe, expect, it } from 'vitest';
import { AT_A_GLANCE, smaller } from '../../../src/renderer/graph/budget';

describe('budget', () => {
  it('shrinks below what was drawn too slowly', () => {
    const less = smaller(AT_A_GLANCE, { nodes: 300, edges: 900 });
    expect(less.whole).toEqual({ nodes: 200, edges: 600 });
    expect(less.rolledUp).toEqual(AT_A_GLANCE.rolledUp);
    expect(smaller(less, { nodes: 150, edges: 450 }).rolledUp).toEqual({ nodes: 100, edges: 300 });
  });

  it('leaves enough to see something', () => {
    let budget = AT_A_GLANCE;
    for (let i = 0; i < 20; i += 1) budget = smaller(budget, { nodes: 10, edges: 10 });
    expect(budget.rolledUp).toEqual({ nodes: 60, edges: 120 });
  });
});
