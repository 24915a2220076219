import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { COMPARED } from '../../../src/shared/contract/compare';
import CompareView from '../../../src/renderer/views/compare/CompareView.svelte';
import { ratioText, sideOf, typedEntity, withBefore } from '../../../src/renderer/views/compare/sides';
import { justBefore } from '../../../src/renderer/format/time';
import { stage } from '../support/bench';

const ROLE = 'arn:aws:iam::123456789012:role/a';

describe('the sides of a comparison', () => {
  it('are read from the place, and refuse what is none', () => {
    expect(sideOf({ aType: 'role', aId: ROLE }, 'a')).toEqual({
      entity: { type: 'role', id: ROLE },
      scope: null,
    });
    expect(sideOf({ bFrom: '2024-01-02', bTo: '2024-01-01', bType: 'nonsense', bId: 'x' }, 'b')).toEqual({
      entity: null,
      scope: null,
    });
    expect(typedEntity(' 198.51.100.7 ')).toEqual({ type: 'address', id: '198.51.100.7' });
    expect(typedEntity(' ')).toBeNull();
  });

  it('of a span and the one before it do not overlap', () => {
    const { before, scope } = withBefore({
      from: '2024-01-02T00:00:00.000000Z',
      to: '2024-01-03T00:00:00.000000Z',
    });
    expect(before.to < scope.from).toBe(true);
    expect(before).toEqual({ from: '2024-01-01T00:00:00.000000Z', to: '2024-01-01T23:59:59.999999Z' });
    expect(justBefore('2024-03-01T00:00:00.120001Z')).toBe('2024-03-01T00:00:00.120000Z');
  });

  it('say how they differ', () => {
    expect([
      ratioText({ a: 0, b: 3 }),
      ratioText({ a: 2, b: 0 }),
      ratioText({ a: 2, b: 5 }),
      ratioText({ a: 300, b: 1 }),
    ]).toEqual(['only B', 'only A', '× 2.5', '÷ 300']);
  });
});

describe('the compare view', () => {
  const answers = {
    'compare/run': () => ({
      totals: { a: 7, b: 9 },
      dimensions: COMPARED.map((id) => ({
        id,
        onlyA: 0,
        onlyB: 1,
        both: 1,
        more: 0,
        rows: [
          { value: 's3.amazonaws.com:GetObject', a: 0, b: 4 },
          { value: ROLE, a: 7, b: 5 },
        ],
        sql: 'SELECT 1',
      })),
    }),
  };

  it('asks for two sides first', () => {
    const { call } = stage(CompareView, { params: {} }, answers);
    expect(screen.getByText('Choose two sides that differ.')).toBeTruthy();
    expect(call).not.toHaveBeenCalled();
  });

  it('lists values with their counts, each of which opens its records', async () => {
    const { workbench } = stage(CompareView, { params: { aType: 'role', aId: ROLE } }, answers);
    const grid = await screen.findByRole('grid', { name: 'API calls' });
    expect(screen.getAllByRole('tab').length).toBe(COMPARED.length);
    await fireEvent.click(within(grid).getByRole('button', { name: /^4: / }));
    expect(workbench.records.list).toMatchObject({
      call: 'compare/records',
      request: { side: { entity: null, scope: null }, dimension: 'api', value: 's3.amazonaws.com:GetObject' },
    });
  });

  it('takes a typed entity as a new step', async () => {
    const { workbench } = stage(CompareView, { params: { aType: 'role', aId: ROLE } }, answers);
    const form = screen.getByRole('form', { name: 'Side B' });
    await fireEvent.input(within(form).getByRole('textbox', { name: 'Entity of B' }), {
      target: { value: '198.51.100.7' },
    });
    await fireEvent.submit(form);
    expect(workbench.navigation.place).toMatchObject({
      view: 'compare',
      params: { aId: ROLE, bType: 'address', bId: '198.51.100.7' },
    });
    await fireEvent.input(within(form).getByRole('textbox', { name: /Start of B/ }), {
      target: { value: 'soon' },
    });
    await fireEvent.submit(form);
    expect(within(form).getByRole('status').textContent).toContain('Write both times');
  });
});
