import { describe, expect, it } from 'vitest';
import { layLineage, type Step } from '../../../src/renderer/parts/lineage-layout';

const step = (credential: string, near: string, depth: number): Step => ({
  credential,
  near,
  principal: '',
  kind: 'assumed',
  via: 'AssumeRole',
  time: '2025-04-19T00:00:00.000000Z',
  depth,
  exhibits: [],
});

describe('The lineage as a tree', () => {
  it('stands origins on the left and what came out on the right, each beside what it hangs on', () => {
    const laid = layLineage({
      up: [step('parent', '', 1), step('root', 'parent', 2)],
      down: [step('one', '', 1), step('two', '', 1), step('deep', 'two', 2)],
    });
    const at = new Map(laid.steps.map((placed) => [placed.step.credential, placed]));
    expect([...at].map(([key, { column }]) => [key, column])).toEqual(
      expect.arrayContaining([
        ['parent', -1],
        ['root', -2],
        ['one', 1],
        ['two', 1],
        ['deep', 2],
      ]),
    );
    expect(laid).toMatchObject({ left: 2, right: 2, rows: 2, row: 0.5 });
    expect(at.get('deep')!.from).toEqual({ column: 1, row: at.get('two')!.row });
    expect(at.get('one')!.from).toEqual({ column: 0, row: laid.row });
  });

  it('never puts two boxes on one place, and ends where a chain runs in a circle', () => {
    const laid = layLineage({
      up: [],
      down: [step('a', '', 1), step('b', 'a', 2), step('a', 'b', 3), step('c', 'nobody', 2)],
    });
    expect(laid.steps).toHaveLength(4);
    expect(new Set(laid.steps.map(({ column, row }) => `${column} ${row}`)).size).toBe(4);
  });
});
